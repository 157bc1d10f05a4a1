package io.isospin.linux.netlink;

import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.libc.Errno;
import io.isospin.linux.libc.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the kernel and their answers, on one socket. Requests go out many to a system call; the kernel carries
 * them out in order and queues an acknowledgement for each, so a failure does not stop the ones behind it.
 * Safe for several threads, which take turns.
 */
public final class NetlinkSession implements AutoCloseable {
    /** Both bounds keep a batch's acknowledgements far inside the socket's receive buffer. */
    private static final int BATCH_MESSAGES = 256;

    private static final int BATCH_BYTES = 64 * 1024;
    private static final int DUMP_ATTEMPTS = 50;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLM_F_DUMP_INTR = 0x10;
    private static final int NLM_F_CAPPED = 0x100;
    private static final int NLM_F_ACK_TLVS = 0x200;
    private static final int NLMSGERR_ATTR_MSG = 1;

    private final NetlinkSocket socket;
    private final ReentrantLock turn = new ReentrantLock();
    private int sequence;
    private int receiveBytes = 64 * 1024;

    private NetlinkSession(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** A session with the network namespace of the calling thread. */
    public static NetlinkSession open() {
        return new NetlinkSession(NetlinkSocket.open(0));
    }

    /** Reads what it needs from a message (body and attributes, without the header); null leaves it out. */
    @FunctionalInterface
    interface Parser<T> {
        @Nullable
        T parse(int type, ByteBuffer message);
    }

    @FunctionalInterface
    interface Reply {
        void received(int request, int type, ByteBuffer message);
    }

    public List<Ack> transact(List<byte[]> requests) {
        return transact(requests, (request, type, message) -> {});
    }

    /** Sends the requests and gives one answer each, in order; {@code reply} sees what came besides. */
    List<Ack> transact(List<byte[]> requests, Reply reply) {
        var acks = new Ack[requests.size()];
        turn.lock();
        try (Arena arena = Arena.ofConfined()) {
            int from = 0;
            while (from < requests.size()) {
                int to = from;
                int bytes = 0;
                while (to < requests.size()
                        && to - from < BATCH_MESSAGES
                        && (to == from || bytes + requests.get(to).length <= BATCH_BYTES)) {
                    bytes += padded(requests.get(to).length);
                    to++;
                }
                exchange(requests, from, to, bytes, acks, reply, arena);
                from = to;
            }
        } finally {
            turn.unlock();
        }
        return Arrays.asList(acks);
    }

    public Ack transact(byte[] request) {
        return transact(List.of(request)).getFirst();
    }

    private void exchange(List<byte[]> requests, int from, int to, int bytes, Ack[] acks, Reply reply, Arena arena) {
        int first = sequence + 1;
        MemorySegment out = arena.allocate(bytes, 4);
        ByteBuffer view = out.asByteBuffer().order(ByteOrder.nativeOrder());
        int at = 0;
        for (int i = from; i < to; i++) {
            byte[] request = requests.get(i);
            view.put(at, request);
            view.putShort(at + 6, (short) (view.getShort(at + 6) | MessageWriter.ACK));
            view.putInt(at + 8, ++sequence);
            at += padded(request.length);
        }
        socket.send(out, bytes);
        int[] waiting = {to - from};
        MemorySegment in = arena.allocate(receiveBytes, 8);
        while (waiting[0] > 0) {
            ByteBuffer datagram = receive(in);
            if (datagram == null) {
                throw new KernelException("an answer of the kernel was longer than its buffer", Errno.EAGAIN);
            }
            eachMessage(datagram, (type, flags, seq, message) -> {
                int request = from + (seq - first);
                if (request < from || request >= to) {
                    return; // of an earlier exchange that was given up
                }
                if (type == NLMSG_ERROR) {
                    acks[request] = ack(flags, message);
                    waiting[0]--;
                } else {
                    reply.received(request, type, message);
                }
            });
        }
    }

    /** The whole of a dump; asked again while the kernel says that it changed underneath. */
    <T> List<T> dump(byte[] request, Parser<T> parser) {
        turn.lock();
        try {
            for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
                var found = new ArrayList<T>();
                if (dumpOnce(request, parser, found)) {
                    return found;
                }
            }
            throw new KernelException(
                    "reading the kernel's tables: they changed during each of " + DUMP_ATTEMPTS + " attempts",
                    Errno.EINTR);
        } finally {
            turn.unlock();
        }
    }

    private <T> boolean dumpOnce(byte[] request, Parser<T> parser, List<T> found) {
        int mine = ++sequence;
        var whole = new boolean[] {true, false};
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(request.length, 4);
            ByteBuffer view = out.asByteBuffer().order(ByteOrder.nativeOrder());
            view.put(0, request);
            view.putShort(6, (short) (view.getShort(6) | MessageWriter.DUMP));
            view.putInt(8, mine);
            socket.send(out, request.length);
            MemorySegment in = arena.allocate(receiveBytes, 8);
            while (!whole[1]) {
                ByteBuffer datagram = receive(in);
                if (datagram == null) {
                    whole[0] = false; // the rest must still be taken off the socket before asking again
                    in = arena.allocate(receiveBytes, 8);
                    continue;
                }
                eachMessage(datagram, (type, flags, seq, message) -> {
                    if (seq != mine) {
                        return;
                    }
                    if ((flags & NLM_F_DUMP_INTR) != 0) {
                        whole[0] = false;
                    }
                    switch (type) {
                        case NLMSG_DONE -> {
                            whole[1] = true;
                            int errno = message.remaining() >= 4 ? -message.getInt(0) : 0;
                            if (errno > 0) {
                                throw new KernelException("reading the kernel's tables: " + Errno.words(errno), errno);
                            }
                        }
                        case NLMSG_ERROR -> {
                            whole[1] = true;
                            ack(flags, message).check("reading the kernel's tables");
                        }
                        default -> {
                            T parsed = parser.parse(type, message);
                            if (parsed != null) {
                                found.add(parsed);
                            }
                        }
                    }
                });
            }
        }
        return whole[0];
    }

    /** The next datagram, or null where it did not fit; the next buffer will be large enough. */
    private @Nullable ByteBuffer receive(MemorySegment in) {
        long length = socket.receive(in, 0);
        while (length == -Errno.EINTR) {
            length = socket.receive(in, 0);
        }
        Libc.check(length, "waiting for the answer of the kernel over netlink");
        if (length > in.byteSize()) {
            receiveBytes = Math.toIntExact(Long.highestOneBit(length) * 2);
            return null;
        }
        return in.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    @FunctionalInterface
    interface MessageHandler {
        void message(int type, int flags, int sequence, ByteBuffer message);
    }

    static void eachMessage(ByteBuffer datagram, MessageHandler handler) {
        int at = 0;
        while (at + MessageWriter.HEADER <= datagram.limit()) {
            int length = datagram.getInt(at);
            if (length < MessageWriter.HEADER || at + length > datagram.limit()) {
                return;
            }
            handler.message(
                    datagram.getShort(at + 4) & 0xffff,
                    datagram.getShort(at + 6) & 0xffff,
                    datagram.getInt(at + 8),
                    datagram.slice(at + MessageWriter.HEADER, length - MessageWriter.HEADER)
                            .order(ByteOrder.nativeOrder()));
            at += padded(length);
        }
    }

    private static Ack ack(int flags, ByteBuffer message) {
        int errno = -message.getInt(0);
        if (errno == 0) {
            return Ack.OK;
        }
        if ((flags & NLM_F_ACK_TLVS) == 0) {
            return new Ack(errno, "");
        }
        int request = (flags & NLM_F_CAPPED) != 0 ? MessageWriter.HEADER : padded(message.getInt(4));
        return new Ack(errno, Attributes.after(message, 4 + request).string(NLMSGERR_ATTR_MSG));
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    @Override
    public void close() {
        turn.lock();
        try {
            socket.close();
        } finally {
            turn.unlock();
        }
    }
}
