package io.isospin.linux.netlink;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The attributes of a received message or of a nested attribute; read while the message's buffer lives. */
final class Attributes {
    private static final int TYPE = 0x3fff;

    private final ByteBuffer buffer;

    Attributes(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    static Attributes after(ByteBuffer message, int body) {
        return new Attributes(message.slice(body, message.limit() - body).order(ByteOrder.nativeOrder()));
    }

    /** The value of the first attribute of {@code type}, or null. */
    @Nullable
    ByteBuffer get(int type) {
        int at = 0;
        while (at + 4 <= buffer.limit()) {
            int length = buffer.getShort(at) & 0xffff;
            if (length < 4 || at + length > buffer.limit()) {
                return null;
            }
            if ((buffer.getShort(at + 2) & TYPE) == type) {
                return buffer.slice(at + 4, length - 4).order(ByteOrder.nativeOrder());
            }
            at += (length + 3) & ~3;
        }
        return null;
    }

    Attributes nested(int type) {
        ByteBuffer value = get(type);
        return new Attributes(value == null ? ByteBuffer.allocate(0) : value);
    }

    int u8(int type) {
        ByteBuffer value = get(type);
        return value == null ? 0 : value.get(0) & 0xff;
    }

    int u16(int type) {
        ByteBuffer value = get(type);
        return value == null ? 0 : value.getShort(0) & 0xffff;
    }

    int be16(int type) {
        ByteBuffer value = get(type);
        return value == null ? 0 : (value.get(0) & 0xff) << 8 | (value.get(1) & 0xff);
    }

    int u32(int type) {
        ByteBuffer value = get(type);
        return value == null ? 0 : value.getInt(0);
    }

    String string(int type) {
        ByteBuffer value = get(type);
        if (value == null) {
            return "";
        }
        byte[] bytes = bytes(value);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    @Nullable
    IpAddress address(int type) {
        ByteBuffer value = get(type);
        return value == null || (value.remaining() != 4 && value.remaining() != 16)
                ? null
                : IpAddress.ofBytes(bytes(value));
    }

    @Nullable
    MacAddress mac(int type) {
        ByteBuffer value = get(type);
        return value == null || value.remaining() != 6 ? null : MacAddress.ofBytes(bytes(value));
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(0, bytes);
        return bytes;
    }
}
