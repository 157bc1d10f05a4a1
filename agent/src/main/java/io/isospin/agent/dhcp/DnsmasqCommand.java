package io.isospin.agent.dhcp;

import io.isospin.agent.config.DhcpConfig;
import io.isospin.core.host.Unit;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import io.isospin.core.net.IpVersion;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The words of a network's dnsmasq. They change only when its subnets or the settings do; hosts come and go in files. */
final class DnsmasqCommand {
    private DnsmasqCommand() {}

    /** @param asRoot whether dnsmasq must stay root, since others may not enter the state directory */
    static List<String> words(
            Unit.Dhcp dhcp, NetworkDirectory directory, DhcpConfig config, String domain, boolean asRoot) {
        var words = new ArrayList<>(List.of(
                "dnsmasq",
                "--no-hosts",
                "--no-resolv",
                "--pid-file=" + directory.pid(),
                "--dhcp-hostsfile=" + directory.host(),
                "--addn-hosts=" + directory.names(),
                "--dhcp-optsfile=" + directory.opts(),
                "--dhcp-leasefile=" + directory.leases(),
                "--dhcp-match=set:ipxe,175",
                "--dhcp-userclass=set:ipxe6,iPXE",
                "--local-service",
                "--bind-dynamic",
                // dnsmasq would ping an address before it offers it, which costs 3 seconds; here addresses are
                // reserved.
                "--no-ping"));
        if (asRoot) {
            words.addAll(List.of("--user=root", "--group=root"));
        }
        BigInteger addresses = BigInteger.ZERO;
        for (Unit.DhcpSubnet subnet : dhcp.subnets()) {
            if (Subnets.givesOptions(subnet)) {
                words.add(range(subnet, config.leaseSeconds()));
                addresses = addresses.add(BigInteger.ONE.shiftLeft(
                        subnet.cidr().version().bits() - subnet.cidr().length()));
            }
        }
        words.add("--dhcp-option-force=option:mtu," + dhcp.mtu());
        words.add("--dhcp-lease-max="
                + addresses.min(BigInteger.valueOf(config.leaseMax())).max(BigInteger.ONE));
        words.add("--conf-file=" + (config.configFile() == null ? "/dev/null" : config.configFile()));
        config.dnsServers().forEach(server -> words.add("--server=" + server));
        if (!domain.isEmpty()) {
            words.add("--domain=" + domain);
        }
        return List.copyOf(words);
    }

    private static String range(Unit.DhcpSubnet subnet, int leaseSeconds) {
        IpPrefix cidr = subnet.cidr();
        String lease = leaseSeconds < 0 ? "infinite" : leaseSeconds + "s";
        String width = cidr.version() == IpVersion.V4 ? netmask(cidr).toString() : Integer.toString(cidr.length());
        return "--dhcp-range=set:" + Tags.subnet(subnet.id()) + "," + cidr.network() + ",static," + width + "," + lease;
    }

    private static IpAddress netmask(IpPrefix cidr) {
        long mask = cidr.length() == 0 ? 0 : 0xffff_ffffL << (32 - cidr.length()) & 0xffff_ffffL;
        return new IpAddress(IpVersion.V4, 0, mask);
    }
}
