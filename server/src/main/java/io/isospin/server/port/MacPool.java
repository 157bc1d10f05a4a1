package io.isospin.server.port;

import io.isospin.core.net.MacAddress;
import io.isospin.server.api.Unavailable;
import io.isospin.server.store.View;
import java.util.concurrent.ThreadLocalRandom;

/** The MACs of new ports: the configured first bytes, the rest at random, each once per network. */
public final class MacPool {
    private static final int ATTEMPTS = 16;
    private static final int MANY_BITS = 24;

    private final long base;
    private final int randomBits;

    /** {@code base}: the {@code base_mac} setting; its trailing zero bytes, at most three, are drawn. */
    public MacPool(MacAddress base) {
        this.base = base.value();
        int bits = MANY_BITS;
        while (bits > 0 && (this.base & ((1L << bits) - 1)) != 0) {
            bits -= 8;
        }
        this.randomBits = bits;
    }

    static String pool(String network) {
        return "mac/" + network;
    }

    /** {@code asked} if nobody on the network has it, or any where {@code asked} is empty. */
    MacAddress choose(View view, String network, String asked) {
        if (!asked.isEmpty()) {
            if (view.owner(pool(network), asked).isPresent()) {
                throw PortErrors.macInUse(network, asked);
            }
            return MacAddress.parse(asked);
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var mac = new MacAddress(base | ThreadLocalRandom.current().nextLong(1L << randomBits));
            if (randomBits == MANY_BITS) {
                // Of sixteen million nobody has it, or the claim is refused and another is drawn.
                return mac;
            }
            if (view.owner(pool(network), mac.toString()).isEmpty()) {
                return mac;
            }
        }
        throw new Unavailable(
                "MacAddressGenerationFailure", "Unable to generate unique mac on network " + network + ".");
    }
}
