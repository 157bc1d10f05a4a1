package io.isospin.linux.netlink;

import io.isospin.core.net.InterfaceName;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.libc.Errno;
import io.isospin.linux.libc.Fd;
import io.isospin.linux.libc.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells a listener of link events (RTNLGRP_LINK) from a daemon thread; an event descriptor ends it at once. */
public final class LinkWatch implements NetworkNamespace.Watch {
    private static final System.Logger LOG = System.getLogger(LinkWatch.class.getName());
    private static final int RTMGRP_LINK = 1;
    private static final int STOP = 2;
    /** One message, however many virtual functions a device has; what is longer counts as lost. */
    private static final int BUFFER = 256 * 1024;

    private final NetlinkSocket socket;
    private final Fd stop;
    private final NetworkNamespace.Listener listener;
    private final Consumer<LinkWatch> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    private LinkWatch(
            String name,
            NetlinkSocket socket,
            Fd stop,
            NetworkNamespace.Listener listener,
            Consumer<LinkWatch> onClose) {
        this.socket = socket;
        this.stop = stop;
        this.listener = listener;
        this.onClose = onClose;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /** Opens the subscription in the calling thread's namespace; events wait until {@link #start}. */
    public static LinkWatch open(String name, NetworkNamespace.Listener listener, Consumer<LinkWatch> onClose) {
        NetlinkSocket socket = NetlinkSocket.open(RTMGRP_LINK);
        try {
            var stop = new Fd((int) Libc.check(Libc.eventfd(), "opening an event descriptor"));
            return new LinkWatch(name, socket, stop, listener, onClose);
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(BUFFER, 8);
            // Only the descriptor ends the loop, so it is never closed before close() has written to it.
            int ready = 0;
            while (ready < 0 || (ready & STOP) == 0) {
                ready = Libc.awaitReadable(socket.number(), stop.number());
                if (ready > 0 && !closed.get()) {
                    tell(in);
                }
            }
        } finally {
            socket.close();
            stop.close();
        }
    }

    private void tell(MemorySegment in) {
        Set<InterfaceName> changed = new LinkedHashSet<>();
        boolean lost = false;
        long length = socket.receive(in, Libc.MSG_DONTWAIT);
        while (length != -Errno.EAGAIN) {
            if (length < 0 || length > in.byteSize()) {
                lost |= length != -Errno.EINTR;
            } else {
                NetlinkSession.eachMessage(
                        in.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder()),
                        (type, flags, sequence, message) -> {
                            InterfaceName name = type == LinkRequests.RTM_NEWLINK || type == LinkRequests.RTM_DELLINK
                                    ? LinkReader.name(message)
                                    : null;
                            if (name != null) {
                                changed.add(name);
                            }
                        });
            }
            length = socket.receive(in, Libc.MSG_DONTWAIT);
        }
        try {
            if (lost) {
                listener.lost();
            }
            changed.forEach(listener::changed);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a listener of " + thread.getName() + " failed; it goes on listening",
                    e);
        }
    }

    /** Returns when the thread has ended, unless it is that thread which calls. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        onClose.accept(this);
        long signalled = Libc.signal(stop.number());
        if (signalled < 0) {
            LOG.log(System.Logger.Level.WARNING, "cannot end {0}: {1}", thread.getName(), Errno.words((int)
                    -signalled));
        } else if (Thread.currentThread() != thread) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
