package io.isospin.server.store.sql;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Has the driver reach a server of the same host through its socket file. The driver's own option for that needs JNA; the
 * JDK has Unix domain sockets by itself.
 */
public final class UnixSocketFactory extends ConfigurableSocketFactory {
    private static final String PATH = "unixSocket";

    private @Nullable Path path;

    /** The driver's options that name this factory and the socket file. */
    static Map<String, String> options(Path path) {
        return Map.of("socketFactory", UnixSocketFactory.class.getName(), PATH, path.toString());
    }

    /** The socket file in options of the driver; null where they name none. */
    static @Nullable String path(Map<String, String> options) {
        return options.get(PATH);
    }

    @Override
    public void setConfiguration(Configuration configuration, String host) {
        path = Path.of(configuration.nonMappedOptions().getProperty(PATH));
    }

    @Override
    public Socket createSocket() {
        if (path == null) {
            throw new IllegalStateException("no socket file was named");
        }
        return new UnixSocket(path);
    }

    @Override
    public Socket createSocket(String host, int port) {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        return createSocket();
    }
}
