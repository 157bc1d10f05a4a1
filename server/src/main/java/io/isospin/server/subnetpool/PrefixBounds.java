package io.isospin.server.subnetpool;

import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.IpVersion;
import io.isospin.server.api.BadRequest;
import tools.jackson.databind.node.ObjectNode;

/** The shortest, the longest and the usual prefix that a subnet pool gives. */
record PrefixBounds(int min, int max, int usual) {
    /** As {@code values} have them, which may lack any; a length that is not named is the IP version's. */
    static PrefixBounds of(ObjectNode values, IpVersion version) {
        int min = length(values, "min", version == IpVersion.V4 ? 8 : 64);
        return new PrefixBounds(min, length(values, "max", version.bits()), length(values, "default", min))
                .checked(version);
    }

    private static int length(ObjectNode values, String which, int fallback) {
        String name = which + "_prefixlen";
        return values.path(name).isNumber()
                ? values.path(name).intValue()
                : text(values, name).isEmpty() ? fallback : Integer.parseInt(text(values, name));
    }

    private PrefixBounds checked(IpVersion version) {
        if (min > max) {
            throw illegal("min_prefixlen", min, "max_prefixlen", max);
        }
        if (max > version.bits()) {
            throw illegal("max_prefixlen", max, "ip_version_max", version.bits());
        }
        if (usual < min) {
            throw illegal("default_prefixlen", usual, "min_prefixlen", min);
        }
        if (usual > max) {
            throw illegal("default_prefixlen", usual, "max_prefixlen", max);
        }
        return this;
    }

    private static BadRequest illegal(String name, int length, String base, int bound) {
        return new BadRequest(
                "IllegalSubnetPoolPrefixBounds",
                "Illegal prefix bounds: " + name + "=" + length + ", " + base + "=" + bound + ".");
    }

    /** Into a document, where lengths are text. */
    void write(ObjectNode values) {
        values.put("min_prefixlen", Integer.toString(min));
        values.put("max_prefixlen", Integer.toString(max));
        values.put("default_prefixlen", Integer.toString(usual));
    }
}
