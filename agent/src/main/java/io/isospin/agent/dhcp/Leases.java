package io.isospin.agent.dhcp;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpVersion;
import io.isospin.core.net.MacAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * dnsmasq's lease file, one lease a line: {@code expiry mac address name client-id}; after a line {@code duid …} those
 * of IPv6, which name no MAC. dnsmasq refuses an address to its new owner as long as the old one's lease lasts, so such
 * leases are taken out; it keeps leases in memory and reads the file when it starts.
 */
final class Leases {
    private Leases() {}

    /**
     * The leased addresses that have another owner now.
     *
     * @param moved addresses that were reserved for someone else, or nobody, until now
     */
    static Set<IpAddress> stale(String file, Map<IpAddress, MacAddress> owners, Set<IpAddress> moved) {
        var stale = new HashSet<IpAddress>();
        for (String line : file.lines().toList()) {
            String[] words = line.split(" ");
            IpAddress address = leased(words);
            MacAddress owner = address == null ? null : owners.get(address);
            if (address != null && owner != null && !isOf(owner, words, address, moved)) {
                stale.add(address);
            }
        }
        return stale;
    }

    private static boolean isOf(MacAddress owner, String[] words, IpAddress address, Set<IpAddress> moved) {
        if (address.version() == IpVersion.V4) {
            return words[1].equals(owner.toString());
        }
        // A DUID made of a MAC ends with it (RFC 8415, section 11); of others nothing is known but that they were
        // there.
        return !moved.contains(address) || words[words.length - 1].endsWith(owner.toString());
    }

    static String without(String file, Set<IpAddress> stale) {
        return file.lines()
                .filter(line -> {
                    IpAddress address = leased(line.split(" "));
                    return address == null || !stale.contains(address);
                })
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static @Nullable IpAddress leased(String[] words) {
        return words.length >= 4 && IpAddress.isAddress(words[2]) ? IpAddress.parse(words[2]) : null;
    }
}
