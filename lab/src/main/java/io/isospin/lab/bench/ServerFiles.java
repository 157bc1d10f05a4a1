package io.isospin.lab.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Settings of a server and an agent in a folder of their own, without Keystone.
 *
 * @param database the section [database] of the server; empty for a file in the folder
 */
record ServerFiles(Path folder, int port, String database) {
    private static final String SECRET = "bench";

    ServerFiles(Path folder, int port) {
        this(folder, port, "");
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Path server() throws IOException {
        return write("server.conf", """
                [DEFAULT]
                auth_strategy = noauth
                bind_host = 127.0.0.1
                bind_port = %d
                state_path = %s
                [quotas]
                quota_network = -1
                quota_subnet = -1
                quota_port = -1
                [ml2]
                type_drivers = flat,vlan,vxlan
                tenant_network_types = vxlan
                mechanism_drivers = linuxbridge,l2population
                [ml2_type_vxlan]
                vni_ranges = 1:100000
                %s
                [isospin]
                agent_secret = %s
                """.formatted(port, folder, database, SECRET));
    }

    /** For {@link BenchHost}'s devices. */
    Path agent(String host) throws IOException {
        return agent(host, port);
    }

    /** {@code through}: the port at which it finds its server. */
    Path agent(String host, int through) throws IOException {
        return write("agent.conf", """
                [DEFAULT]
                host = %s
                state_path = %s
                [linux_bridge]
                physical_interface_mappings = physnet2:%s
                [vxlan]
                enable_vxlan = true
                l2_population = true
                local_ip = %s
                [isospin]
                server = http://127.0.0.1:%d
                agent_secret = %s
                """.formatted(
                        host, folder.resolve("agent"), BenchHost.PROVIDER, BenchHost.TUNNEL, through, SECRET));
    }

    private Path write(String name, String text) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve(name), text);
    }
}
