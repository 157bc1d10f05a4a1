package io.isospin.lab.relay;

import io.isospin.lab.host.LabException;
import io.isospin.linux.kernel.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens in one namespace and carries each connection to an address in another. A socket belongs to the namespace of
 * the thread that opened it, and stays there whoever uses it.
 */
public final class Relay implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Relay.class.getName());
    private static final int BUFFER = 16 * 1024;

    private final ServerSocketChannel listener;
    private final NetworkNamespace into;
    private final InetSocketAddress target;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private Relay(ServerSocketChannel listener, NetworkNamespace into, InetSocketAddress target) {
        this.listener = listener;
        this.into = into;
        this.target = target;
    }

    /** Opens the listener {@code at} in {@code from}, and carries to {@code target} in {@code into}. */
    public static Relay open(
            NetworkNamespace from, InetSocketAddress at, NetworkNamespace into, InetSocketAddress target) {
        ServerSocketChannel listener = from.call(Relay::listener);
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(at, 512);
        } catch (IOException e) {
            close(listener);
            throw new LabException(
                    "Port " + at.getPort() + " on " + at.getHostString() + " is taken (" + e.getMessage()
                            + "); \"ss -ltnp 'sport = :" + at.getPort() + "'\" shows by whom. Stop that first.",
                    e);
        }
        var relay = new Relay(listener, into, target);
        Thread.ofVirtual().name("relay " + target).start(relay::accept);
        return relay;
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    @Override
    public void close() {
        close(listener);
        open.forEach(Relay::close);
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                var client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> carry(client));
            } catch (AsynchronousCloseException e) {
                return;
            } catch (IOException e) {
                LOG.log(Level.WARNING, "relay to {0}: cannot take a connection: {1}", target, e.toString());
            }
        }
    }

    private void carry(SocketChannel client) {
        var server = into.call(Relay::socket);
        open.add(server);
        try {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.connect(target);
            var back = Thread.ofVirtual().start(() -> pump(server, client));
            pump(client, server);
            back.join();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "relay to {0}: {1}", target, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(client);
            close(server);
            open.remove(client);
            open.remove(server);
        }
    }

    /** Carries one direction to its end, and hands the end on; a failure ends both directions. */
    private static void pump(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a relayed connection broke: {0}", e.toString());
            close(from);
            close(to);
        }
    }

    private static ServerSocketChannel listener() {
        try {
            return ServerSocketChannel.open();
        } catch (IOException e) {
            throw new UncheckedIOException("opening a socket", e);
        }
    }

    private static SocketChannel socket() {
        try {
            return SocketChannel.open();
        } catch (IOException e) {
            throw new UncheckedIOException("opening a socket", e);
        }
    }

    private static void close(AutoCloseable channel) {
        try {
            channel.close();
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "closing a socket: {0}", e.toString());
        }
    }
}
