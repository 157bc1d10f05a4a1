package io.isospin.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.isospin.linux.libc.Errno;
import io.isospin.linux.libc.Fd;
import io.isospin.linux.libc.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** The commands of bpf(2) that are needed here, with the offsets of union bpf_attr in include/uapi/linux/bpf.h. */
public final class Bpf {
    private static final int MAP_CREATE = 0;
    private static final int MAP_LOOKUP_ELEM = 1;
    private static final int MAP_UPDATE_ELEM = 2;
    private static final int MAP_DELETE_ELEM = 3;
    private static final int PROG_LOAD = 5;
    private static final int PROG_GET_FD_BY_ID = 13;
    private static final int MAP_GET_FD_BY_ID = 14;
    private static final int OBJ_GET_INFO_BY_FD = 15;
    private static final int MAP_TYPE_HASH = 1;
    private static final int PROG_TYPE_SCHED_CLS = 3;
    private static final int ATTRIBUTES = 72;
    private static final int PROGRAM_NAME_AT = 48;
    private static final int MAP_NAME_AT = 28;
    private static final int LOG_BYTES = 64 * 1024;

    private Bpf() {}

    /** A hash map of 32-bit numbers to 32-bit numbers. */
    public static Fd createMap(String name, int entries) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES, 8);
            attributes.set(JAVA_INT, 0, MAP_TYPE_HASH);
            attributes.set(JAVA_INT, 4, 4);
            attributes.set(JAVA_INT, 8, 4);
            attributes.set(JAVA_INT, 12, entries);
            putName(attributes, MAP_NAME_AT, name);
            return new Fd((int) Libc.check(Libc.bpf(MAP_CREATE, attributes), "creating the eBPF map " + name));
        }
    }

    static Fd load(String name, byte[] code) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment instructions = arena.allocate(code.length, 8);
            MemorySegment.copy(code, 0, instructions, ValueLayout.JAVA_BYTE, 0, code.length);
            MemorySegment attributes = arena.allocate(ATTRIBUTES, 8);
            attributes.set(JAVA_INT, 0, PROG_TYPE_SCHED_CLS);
            attributes.set(JAVA_INT, 4, code.length / 8);
            attributes.set(JAVA_LONG, 8, instructions.address());
            attributes.set(JAVA_LONG, 16, arena.allocateFrom("Apache-2.0").address());
            putName(attributes, PROGRAM_NAME_AT, name);
            long result = Libc.bpf(PROG_LOAD, attributes);
            if (result < 0) {
                // Only a second try asks for the verifier's words: writing them slows every load.
                MemorySegment log = arena.allocate(LOG_BYTES);
                attributes.set(JAVA_INT, 24, 1);
                attributes.set(JAVA_INT, 28, LOG_BYTES);
                attributes.set(JAVA_LONG, 32, log.address());
                result = Libc.bpf(PROG_LOAD, attributes);
                Libc.check(
                        result,
                        "loading the eBPF program " + name + " ["
                                + log.getString(0).strip() + "]");
            }
            return new Fd((int) result);
        }
    }

    private static void putName(MemorySegment attributes, long at, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        MemorySegment.copy(bytes, 0, attributes, ValueLayout.JAVA_BYTE, at, Math.min(bytes.length, 15));
    }

    public static void put(Fd map, int key, int value) {
        element(MAP_UPDATE_ELEM, map, key, value, "writing an eBPF map");
    }

    /** Removing what is not there changes nothing. */
    public static void remove(Fd map, int key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = elementAttributes(arena, map, key, MemorySegment.NULL);
            long result = Libc.bpf(MAP_DELETE_ELEM, attributes);
            if (result != -Errno.ENOENT) {
                Libc.check(result, "removing from an eBPF map");
            }
        }
    }

    public static OptionalInt get(Fd map, int key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(4, 4);
            long result = Libc.bpf(MAP_LOOKUP_ELEM, elementAttributes(arena, map, key, value));
            if (result == -Errno.ENOENT) {
                return OptionalInt.empty();
            }
            Libc.check(result, "reading an eBPF map");
            return OptionalInt.of(value.get(JAVA_INT, 0));
        }
    }

    private static void element(int command, Fd map, int key, int value, String what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment box = arena.allocateFrom(JAVA_INT, value);
            Libc.check(Libc.bpf(command, elementAttributes(arena, map, key, box)), what);
        }
    }

    private static MemorySegment elementAttributes(Arena arena, Fd map, int key, MemorySegment value) {
        MemorySegment attributes = arena.allocate(ATTRIBUTES, 8);
        attributes.set(JAVA_INT, 0, map.number());
        attributes.set(JAVA_LONG, 8, arena.allocateFrom(JAVA_INT, key).address());
        attributes.set(JAVA_LONG, 16, value.address());
        return attributes;
    }

    /** The first map that a loaded program uses: so a map is found again without pinning it anywhere. */
    public static Fd mapOf(int programId) {
        try (Arena arena = Arena.ofConfined();
                Fd program = byId(arena, PROG_GET_FD_BY_ID, programId, "program")) {
            MemorySegment ids = arena.allocate(4, 4);
            MemorySegment info = arena.allocate(232, 8); // struct bpf_prog_info
            info.set(JAVA_INT, 52, 1); // nr_map_ids
            info.set(JAVA_LONG, 56, ids.address()); // map_ids
            MemorySegment attributes = arena.allocate(ATTRIBUTES, 8);
            attributes.set(JAVA_INT, 0, program.number());
            attributes.set(JAVA_INT, 4, (int) info.byteSize());
            attributes.set(JAVA_LONG, 8, info.address());
            Libc.check(Libc.bpf(OBJ_GET_INFO_BY_FD, attributes), "asking about the eBPF program " + programId);
            return byId(arena, MAP_GET_FD_BY_ID, ids.get(JAVA_INT, 0), "map");
        }
    }

    private static Fd byId(Arena arena, int command, int id, String what) {
        MemorySegment attributes = arena.allocate(ATTRIBUTES, 8);
        attributes.set(JAVA_INT, 0, id);
        return new Fd((int) Libc.check(Libc.bpf(command, attributes), "opening the eBPF " + what + " " + id));
    }
}
