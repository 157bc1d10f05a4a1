package io.isospin.agent.dhcp;

import static io.isospin.agent.stub.Units.dhcp;
import static io.isospin.agent.stub.Units.id;
import static io.isospin.agent.stub.Units.mac;
import static io.isospin.agent.stub.Units.reservation;
import static io.isospin.agent.stub.Units.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.agent.config.DhcpConfig;
import io.isospin.core.host.Unit;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpPrefix;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DnsmasqFilesTest {
    private static final String S3 = "subnet-" + id(3);
    private static final Unit.DhcpSubnet FLAT = subnet(3, "192.168.100.0/24", "192.168.100.2", "192.168.100.1");
    private static final DhcpConfig CONFIG = new DhcpConfig(
            Path.of("/s/dhcp"), 86400, "openstacklocal", List.of("9.9.9.9"), null, 1 << 24, "nova", false);

    private static Unit.DhcpSubnet v6(String addressMode, String raMode) {
        return new Unit.DhcpSubnet(
                id(6),
                IpPrefix.parse("2001:db8::/64"),
                true,
                IpAddress.parse("2001:db8::2"),
                IpAddress.parse("2001:db8::1"),
                List.of(IpAddress.parse("2001:db8::53")),
                List.of(),
                addressMode,
                raMode);
    }

    private static Unit.DhcpSubnet with(Unit.DhcpSubnet subnet, String gateway, Unit.HostRoute... routes) {
        return new Unit.DhcpSubnet(
                subnet.id(),
                subnet.cidr(),
                subnet.enabled(),
                subnet.serverAddress(),
                gateway.isEmpty() ? null : IpAddress.parse(gateway),
                subnet.dnsServers(),
                List.of(routes),
                null,
                null);
    }

    private static String options(Unit.Dhcp dhcp, Unit.Reservation... reservations) {
        return OptionsFile.of(dhcp, List.of(reservations), "openstacklocal", false);
    }

    @Test
    void hostsAreNamedAfterTheirAddress() {
        HostsFile files = HostsFile.of(
                dhcp(1, 2, FLAT),
                List.of(reservation(5, 1, 5, 3, "192.168.100.20"), reservation(4, 1, 4, 3, "192.168.100.5")),
                "openstacklocal");
        assertThat(files.hosts()).isEqualTo("""
                fa:16:3e:00:00:04,host-192-168-100-5.openstacklocal,192.168.100.5
                fa:16:3e:00:00:05,host-192-168-100-20.openstacklocal,192.168.100.20
                """);
        assertThat(files.names()).startsWith("192.168.100.5\thost-192-168-100-5.openstacklocal host-192-168-100-5\n");
        assertThat(files.owners()).containsEntry(IpAddress.parse("192.168.100.5"), mac(4));
    }

    @Test
    void aGivenNameAndExtraOptionsAreKept() {
        var reservation = new Unit.Reservation(
                id(4),
                id(1),
                mac(4),
                List.of(new Unit.ReservedAddress(id(3), IpAddress.parse("192.168.100.5"))),
                "web",
                List.of(
                        new Unit.ExtraOption("bootfile-name", "pxelinux.0", 4),
                        new Unit.ExtraOption("tag:ipxe,67", "http://x/boot", 4),
                        new Unit.ExtraOption("dns-server", "[2001:db8::9]", 6),
                        new Unit.ExtraOption("server-ip-address", "1.2.3.4\ntag:" + S3 + ",6,6.6.6.6", 4)),
                "",
                "");
        assertThat(HostsFile.of(dhcp(1, 2, FLAT), List.of(reservation), "").hosts())
                .isEqualTo("fa:16:3e:00:00:04,web,192.168.100.5,set:port-" + id(4) + "\n");
        assertThat(options(dhcp(1, 2, FLAT), reservation).lines().skip(2))
                .containsExactly(
                        "tag:port-" + id(4) + ",option:bootfile-name,pxelinux.0",
                        "tag:port-" + id(4) + ",tag:ipxe,67,http://x/boot",
                        "tag:port-" + id(4) + ",option6:dns-server,[2001:db8::9]");
    }

    @Test
    void aPortsNameIsInTheDomainUnlessItIsWhole() {
        assertThat(named("web").hosts()).isEqualTo("fa:16:3e:00:00:04,web.openstacklocal,192.168.100.5\n");
        assertThat(named("web").names()).isEqualTo("192.168.100.5\tweb.openstacklocal web\n");
        assertThat(named("web.example.org.").hosts()).isEqualTo("fa:16:3e:00:00:04,web.example.org,192.168.100.5\n");
        assertThat(named("web.example.org.").names()).isEqualTo("192.168.100.5\tweb.example.org web.example.org\n");
    }

    private static HostsFile named(String name) {
        var address = new Unit.ReservedAddress(id(3), IpAddress.parse("192.168.100.5"));
        var port = new Unit.Reservation(id(4), id(1), mac(4), List.of(address), name, List.of(), "", "");
        return HostsFile.of(dhcp(1, 2, FLAT), List.of(port), "openstacklocal");
    }

    @Test
    void aSubnetTellsDnsAndGateway() {
        assertThat(options(dhcp(1, 2, FLAT))).isEqualTo("""
                tag:%s,option:dns-server,8.8.8.8,8.8.4.4
                tag:%s,option:router,192.168.100.1
                """.formatted(S3, S3));
    }

    @Test
    void hostRoutesComeInBothSpellingsWithTheDefault() {
        var route = new Unit.HostRoute(IpPrefix.parse("10.0.0.0/24"), IpAddress.parse("192.168.100.100"));
        assertThat(options(dhcp(1, 2, with(FLAT, "192.168.100.100", route)))).isEqualTo("""
                tag:%1$s,option:dns-server,8.8.8.8,8.8.4.4
                tag:%1$s,option:classless-static-route,10.0.0.0/24,192.168.100.100,0.0.0.0/0,192.168.100.100
                tag:%1$s,249,10.0.0.0/24,192.168.100.100,0.0.0.0/0,192.168.100.100
                tag:%1$s,option:router,192.168.100.100
                """.formatted(S3));
    }

    @Test
    void withoutAGatewayMetadataGoesThroughTheDhcpPort() {
        assertThat(options(dhcp(1, 2, with(FLAT, "")))).isEqualTo("""
                tag:%1$s,option:dns-server,8.8.8.8,8.8.4.4
                tag:%1$s,option:classless-static-route,169.254.169.254/32,192.168.100.2
                tag:%1$s,249,169.254.169.254/32,192.168.100.2
                tag:%1$s,option:router
                """.formatted(S3));
    }

    @Test
    void ipv6DependsOnItsModes() {
        Unit.Reservation six = reservation(4, 1, 4, 6, "2001:db8::5");
        Unit.Dhcp stateful = dhcp(1, 2, v6("dhcpv6-stateful", "dhcpv6-stateful"));
        Unit.Dhcp stateless = dhcp(1, 2, v6("dhcpv6-stateless", "dhcpv6-stateless"));
        Unit.Dhcp slaac = dhcp(1, 2, v6("slaac", "slaac"));
        assertThat(HostsFile.of(stateful, List.of(six), "x").hosts())
                .isEqualTo("fa:16:3e:00:00:04,host-2001-db8--5.x,[2001:db8::5]\n");
        assertThat(HostsFile.of(stateless, List.of(six), "x").hosts()).isEmpty();
        assertThat(options(stateless)).contains("option6:dns-server,[2001:db8::53]", "option6:domain-search");
        assertThat(options(slaac)).isEmpty();
        assertThat(words(stateful)).contains("--dhcp-range=set:subnet-" + id(6) + ",2001:db8::,static,64,86400s");
        assertThat(words(slaac)).noneMatch(word -> word.startsWith("--dhcp-range"));
    }

    private static List<String> words(Unit.Dhcp dhcp) {
        return DnsmasqCommand.words(
                dhcp, NetworkDirectory.of(CONFIG.directory(), dhcp.network()), CONFIG, "openstacklocal", false);
    }

    @Test
    void theCommandLineHasNeutronsFilesAndRanges() {
        String files = "/s/dhcp/" + id(1) + "/";
        assertThat(words(dhcp(1, 2, FLAT)))
                .contains(
                        "--pid-file=" + files + "pid",
                        "--dhcp-hostsfile=" + files + "host",
                        "--addn-hosts=" + files + "addn_hosts",
                        "--dhcp-optsfile=" + files + "opts",
                        "--dhcp-leasefile=" + files + "leases",
                        "--dhcp-range=set:" + S3 + ",192.168.100.0,static,255.255.255.0,86400s",
                        "--dhcp-option-force=option:mtu,1500",
                        "--dhcp-lease-max=256",
                        "--conf-file=/dev/null",
                        "--server=9.9.9.9",
                        "--domain=openstacklocal")
                .noneMatch(word -> word.startsWith("--user"));
    }

    @Test
    void leasesOfFormerOwnersAreFoundAndTakenOut() {
        String file = """
                1732400000 fa:16:3e:00:00:04 192.168.100.5 host-4 01:fa:16:3e:00:00:04
                1732400000 fa:16:3e:00:00:05 192.168.100.6 host-5 *
                duid 00:01:00:01:2e:00:00:00:fa:16:3e:00:00:02
                1732400000 77 2001:db8::5 host-6 00:01:00:01:2e:00:00:00:fa:16:3e:00:00:04
                1732400000 78 2001:db8::6 host-7 00:04:aa:bb:cc
                """;
        IpAddress four = IpAddress.parse("192.168.100.5");
        IpAddress six = IpAddress.parse("2001:db8::5");
        IpAddress uuid = IpAddress.parse("2001:db8::6");
        var owners = Map.of(four, mac(9), IpAddress.parse("192.168.100.6"), mac(5), six, mac(9), uuid, mac(7));
        Set<IpAddress> stale = Leases.stale(file, owners, Set.of(four, six));
        assertThat(stale).containsExactlyInAnyOrder(four, six);
        assertThat(Leases.without(file, stale).lines())
                .hasSize(3)
                .noneMatch(line -> line.contains("192.168.100.5") || line.contains("2001:db8::5"));
    }
}
