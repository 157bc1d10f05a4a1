package io.isospin.lab.launch;

import java.util.Map;

/** Where the services listen, on 127.0.0.1 outside and on the controller's address inside: OpenStack's own ports. */
record Ports(int identity, int network, int compute, int image, int placement) {
    static final Ports STANDARD = new Ports(5000, 9696, 8774, 9292, 8778);

    /** The services of the lab's own process. */
    Map<String, Integer> own() {
        return Map.of("identity", identity, "compute", compute, "image", image, "placement", placement);
    }
}
