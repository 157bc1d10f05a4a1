package io.isospin.server.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A stream socket on a socket file, for code that knows {@link Socket} only. Whatever address it is told to connect to, it
 * connects to the file. Time-outs and options of TCP have no meaning on one host and are taken without effect.
 */
final class UnixSocket extends Socket {
    private final Path path;
    private @Nullable SocketChannel channel;

    UnixSocket(Path path) {
        this.path = path;
    }

    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        connect(ignored);
    }

    @Override
    public void connect(SocketAddress ignored) throws IOException {
        var opened = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            opened.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            opened.close();
            throw new IOException(path + ": " + e.getMessage(), e);
        }
        channel = opened;
    }

    private SocketChannel open() throws IOException {
        if (channel == null) {
            throw new IOException(path + " is not connected");
        }
        return channel;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return Channels.newInputStream(open());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return Channels.newOutputStream(open());
    }

    @Override
    public boolean isConnected() {
        return channel != null && channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return channel != null && !channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setSoLinger(boolean on, int linger) {}
}
