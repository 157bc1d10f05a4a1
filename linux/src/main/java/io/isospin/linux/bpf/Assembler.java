package io.isospin.linux.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Assembles eBPF instructions of 8 bytes (RFC 9669): opcode, registers, offset, immediate. Jumps name a label that
 * comes later.
 */
final class Assembler {
    static final int R0 = 0;
    static final int R1 = 1;
    static final int R2 = 2;
    static final int R3 = 3;
    static final int R6 = 6;
    static final int R7 = 7;
    static final int FRAME = 10;

    private static final int LOAD_WORD = 0x61;
    private static final int STORE_WORD = 0x63;
    private static final int LOAD_IMMEDIATE_64 = 0x18;
    private static final int MOVE_REGISTER = 0xbf;
    private static final int MOVE_IMMEDIATE = 0xb7;
    private static final int ADD_IMMEDIATE = 0x07;
    private static final int AND_IMMEDIATE = 0x57;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_NOT_EQUAL = 0x55;
    private static final int CALL = 0x85;
    private static final int EXIT = 0x95;
    private static final int PSEUDO_MAP_FD = 1;

    private record Instruction(int opcode, int destination, int source, int offset, int immediate, String label) {}

    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();

    private Assembler emit(int opcode, int destination, int source, int offset, int immediate) {
        instructions.add(new Instruction(opcode, destination, source, offset, immediate, ""));
        return this;
    }

    Assembler move(int destination, int source) {
        return emit(MOVE_REGISTER, destination, source, 0, 0);
    }

    Assembler set(int destination, int value) {
        return emit(MOVE_IMMEDIATE, destination, 0, 0, value);
    }

    Assembler add(int destination, int value) {
        return emit(ADD_IMMEDIATE, destination, 0, 0, value);
    }

    Assembler and(int destination, int value) {
        return emit(AND_IMMEDIATE, destination, 0, 0, value);
    }

    Assembler load(int destination, int base, int offset) {
        return emit(LOAD_WORD, destination, base, offset, 0);
    }

    Assembler store(int base, int offset, int source) {
        return emit(STORE_WORD, base, source, offset, 0);
    }

    Assembler setMap(int destination, int mapDescriptor) {
        return emit(LOAD_IMMEDIATE_64, destination, PSEUDO_MAP_FD, 0, mapDescriptor)
                .emit(0, 0, 0, 0, 0);
    }

    Assembler jumpIfEqual(int register, int value, String label) {
        instructions.add(new Instruction(JUMP_EQUAL, register, 0, 0, value, label));
        return this;
    }

    Assembler jumpUnlessEqual(int register, int value, String label) {
        instructions.add(new Instruction(JUMP_NOT_EQUAL, register, 0, 0, value, label));
        return this;
    }

    Assembler call(int helper) {
        return emit(CALL, 0, 0, 0, helper);
    }

    Assembler exit() {
        return emit(EXIT, 0, 0, 0, 0);
    }

    Assembler label(String name) {
        labels.put(name, instructions.size());
        return this;
    }

    byte[] assemble() {
        var code = ByteBuffer.allocate(instructions.size() * 8).order(ByteOrder.nativeOrder());
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            int offset = instruction.offset();
            if (!instruction.label().isEmpty()) {
                Integer target = labels.get(instruction.label());
                if (target == null) {
                    throw new IllegalStateException("no label " + instruction.label());
                }
                offset = target - i - 1;
            }
            int registers = little
                    ? instruction.source() << 4 | instruction.destination()
                    : instruction.destination() << 4 | instruction.source();
            code.put((byte) instruction.opcode())
                    .put((byte) registers)
                    .putShort((short) offset)
                    .putInt(instruction.immediate());
        }
        return code.array();
    }
}
