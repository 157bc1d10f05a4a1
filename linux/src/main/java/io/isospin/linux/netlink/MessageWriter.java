package io.isospin.linux.netlink;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds one netlink message: a header of 16 bytes, a fixed body, and attributes in machine byte order, each padded
 * to 4 bytes. The sequence number stays 0 until the message is sent.
 */
public final class MessageWriter {
    static final int HEADER = 16;
    static final int REQUEST = 1;
    static final int ACK = 4;
    static final int DUMP = 0x300;
    static final int REPLACE = 0x100;
    static final int EXCLUSIVE = 0x200;
    static final int CREATE = 0x400;
    static final int APPEND = 0x800;
    private static final int NESTED = 0x8000;

    private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());

    MessageWriter(int type, int flags) {
        buffer.putInt(0)
                .putShort((short) type)
                .putShort((short) (flags | REQUEST))
                .putLong(0);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            var bigger = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes))
                    .order(ByteOrder.nativeOrder());
            buffer = bigger.put(buffer.flip());
        }
        return buffer;
    }

    MessageWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    MessageWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    MessageWriter u32(int value) {
        room(4).putInt(value);
        return this;
    }

    MessageWriter attribute(int type, byte[] value) {
        int padded = (value.length + 3) & ~3;
        room(4 + padded).putShort((short) (4 + value.length)).putShort((short) type);
        buffer.put(value).put(new byte[padded - value.length]);
        return this;
    }

    MessageWriter attributeU8(int type, int value) {
        return attribute(type, new byte[] {(byte) value});
    }

    MessageWriter attributeU16(int type, int value) {
        return attribute(
                type,
                ByteBuffer.allocate(2)
                        .order(ByteOrder.nativeOrder())
                        .putShort((short) value)
                        .array());
    }

    MessageWriter attributeBe16(int type, int value) {
        return attribute(type, new byte[] {(byte) (value >> 8), (byte) value});
    }

    MessageWriter attributeU32(int type, int value) {
        room(8).putShort((short) 8).putShort((short) type).putInt(value);
        return this;
    }

    /** With the final zero byte that the kernel wants. */
    MessageWriter attribute(int type, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return attribute(type, Arrays.copyOf(bytes, bytes.length + 1));
    }

    MessageWriter attribute(int type, InterfaceName value) {
        return attribute(type, value.value());
    }

    MessageWriter attribute(int type, IpAddress value) {
        return attribute(type, value.bytes());
    }

    MessageWriter attribute(int type, MacAddress value) {
        return attribute(type, value.bytes());
    }

    /** Opens a nested attribute; give the answer to {@link #end}. */
    int begin(int type) {
        int at = buffer.position();
        room(4).putShort((short) 0).putShort((short) (type | NESTED));
        return at;
    }

    MessageWriter end(int begun) {
        buffer.putShort(begun, (short) (buffer.position() - begun));
        return this;
    }

    byte[] finish() {
        byte[] message = Arrays.copyOf(buffer.array(), buffer.position());
        ByteBuffer.wrap(message).order(ByteOrder.nativeOrder()).putInt(0, message.length);
        return message;
    }
}
