package io.isospin.agent.metadata;

import io.isospin.agent.metadata.Admission.Source;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Waits on all networks' sockets with one thread, gives each connection that comes a virtual thread, and ends those that
 * are late. So a network that nobody asks on costs a socket or two and what Java remembers of them.
 */
public final class Acceptor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());
    private static final long LOOK_MILLIS = 500;
    private static final long PAUSE_MILLIS = 100;
    private static final byte[] FULL =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final Limits limits;
    private final Answerer answerer;
    private final Admission admission;
    private final Selector selector;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Thread thread =
            Thread.ofPlatform().name("metadata-accept").daemon().unstarted(this::run);

    public Acceptor(Limits limits, Answerer answerer) {
        this.limits = limits;
        this.answerer = answerer;
        this.admission = new Admission(limits);
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector for metadata's sockets: " + e, e);
        }
    }

    public void start() {
        thread.start();
    }

    /** Takes what connects to a listening socket of a network's namespace, until {@link #end}. */
    void listen(ResourceId network, ServerSocketChannel socket) throws IOException {
        socket.configureBlocking(false);
        socket.register(selector, SelectionKey.OP_ACCEPT, network);
        selector.wakeup();
    }

    /** On how many sockets it listens. */
    int sockets() {
        return selector.keys().size();
    }

    /** Closes a socket. The kernel lets go of it when the accepting thread has turned round. */
    void end(ServerSocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "closing a metadata socket: {0}", e.toString());
        }
        selector.wakeup();
    }

    /** Ends a network's connections; they would keep its namespace alive. */
    void cut(ResourceId network) {
        connections.stream()
                .filter(each -> each.source().network().equals(network))
                .forEach(Connection::cut);
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                boolean resting = turn();
                endLate();
                if (!resting) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (ClosedSelectorException e) {
            LOG.log(Level.DEBUG, "metadata's sockets are closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Level.ERROR, "metadata is not served any more: waiting on its sockets failed", e);
        }
    }

    /** Takes what has come; answers false where the host can take no more for now (no file descriptors left). */
    private boolean turn() throws IOException {
        var fine = new boolean[] {true};
        selector.select(
                key -> {
                    if (key.isValid()
                            && key.isAcceptable()
                            && key.channel() instanceof ServerSocketChannel socket
                            && key.attachment() instanceof ResourceId network) {
                        fine[0] &= accept(network, socket);
                    }
                },
                connections.isEmpty() ? 0 : LOOK_MILLIS);
        return fine[0];
    }

    private boolean accept(ResourceId network, ServerSocketChannel socket) {
        try {
            SocketChannel channel = socket.accept();
            if (channel != null) {
                welcome(network, channel);
            }
            return true;
        } catch (IOException e) {
            LOG.log(
                    socket.isOpen() ? Level.WARNING : Level.DEBUG,
                    "taking a connection for metadata: {0}",
                    e.toString());
            return !socket.isOpen();
        }
    }

    private void welcome(ResourceId network, SocketChannel channel) throws IOException {
        if (!(channel.getRemoteAddress() instanceof InetSocketAddress remote)) {
            channel.close();
            return;
        }
        var source = new Source(network, IpAddress.ofBytes(remote.getAddress().getAddress()));
        if (!admission.enter(source)) {
            LOG.log(Level.DEBUG, "{0} has too many connections for metadata", source);
            channel.configureBlocking(false);
            channel.write(ByteBuffer.wrap(FULL));
            channel.close();
            return;
        }
        Thread.ofVirtual()
                .name("metadata")
                .unstarted(connection(source, channel))
                .start();
    }

    private Connection connection(Source source, SocketChannel channel) {
        var self = new Connection[1];
        var connection = new Connection(source, channel, limits, answerer, () -> {
            connections.remove(self[0]);
            admission.leave(source);
        });
        self[0] = connection;
        connections.add(connection);
        return connection;
    }

    private void endLate() {
        long now = System.nanoTime();
        connections.stream().filter(each -> each.isLate(now)).forEach(Connection::cut);
    }

    @Override
    public void close() throws IOException {
        selector.close();
        connections.forEach(Connection::cut);
        thread.interrupt();
    }
}
