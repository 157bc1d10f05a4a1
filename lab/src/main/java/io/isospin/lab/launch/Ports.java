package io.isospin.lab.launch;

import io.isospin.lab.host.LabException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Where the services listen, on 127.0.0.1 outside and on the controller's address inside: OpenStack's own ports. */
record Ports(int identity, int network, int compute, int image, int placement, int metadata) {
    static final Ports STANDARD = new Ports(5000, 9696, 8774, 9292, 8778, 8775);

    /** The services of the lab's own process. */
    Map<String, Integer> own() {
        return Map.of(
                "identity", identity,
                "compute", compute,
                "image", image,
                "placement", placement,
                "metadata", metadata);
    }

    /** Refuses where another program has one of them; before anything is made. */
    void requireFree() {
        for (int port : new int[] {identity, network, compute, image, placement, metadata}) {
            try (var probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                throw new LabException(
                        "Port " + port + " on 127.0.0.1 is taken (" + e.getMessage()
                                + "), and the lab needs it. \"ss -ltnp" + " 'sport = :" + port
                                + "'\" shows by whom; stop that first.",
                        e);
            }
        }
    }
}
