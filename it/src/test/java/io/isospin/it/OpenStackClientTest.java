package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every command for what a tenant has: networks, subnets, ports, their pools and scopes, and what is shared of them. */
class OpenStackClientTest extends OpenStackClient {
    @Test
    void networks() throws IOException {
        var made = json("network create n-all --enable --mtu 1400 --description text --dns-domain example.org."
                + " --tag red --no-share --provider-network-type vlan"
                + " --provider-physical-network physnet2 --provider-segment 200");
        assertThat(made.path("mtu").asInt()).isEqualTo(1400);
        assertThat(made.path("provider:segmentation_id").asInt()).isEqualTo(200);
        assertThat(made.path("tags").toString()).isEqualTo("[\"red\"]");

        done("network set n-all --name n-new --disable --share --external --mtu 1450 --tag blue"
                + " --description other --dns-domain example.net.");
        var shown = json("network show n-new");
        assertThat(shown.path("id")).isEqualTo(made.path("id"));
        assertThat(shown.path("admin_state_up").asBoolean()).isFalse();
        assertThat(shown.path("shared").asBoolean()).isTrue();
        assertThat(shown.path("router:external").asBoolean()).isTrue();
        assertThat(shown.path("dns_domain").asString()).isEqualTo("example.net.");
        assertThat(shown.path("tags").valueStream().map(JsonNode::asString)).containsExactlyInAnyOrder("red", "blue");

        for (var filter : List.of(
                "--external",
                "--name n-new",
                "--disable",
                "--share",
                "--project admin",
                "--provider-network-type vlan",
                "--provider-physical-network physnet2",
                "--provider-segment 200",
                "--status ACTIVE",
                "--tags red,blue",
                "--any-tags blue,green")) {
            assertThat(names("network list " + filter)).as(filter).contains("n-new");
        }
        for (var filter : List.of(
                "--internal",
                "--enable",
                "--no-share",
                "--project demo",
                "--provider-segment 201",
                "--not-tags red,blue",
                "--not-any-tags blue,green")) {
            assertThat(names("network list " + filter)).as(filter).doesNotContain("n-new");
        }
        assertThat(json("network list --long --name n-new")
                        .path(0)
                        .path("Network Type")
                        .asString())
                .isEqualTo("vlan");

        done("network unset --tag red n-new");
        done("network unset --all-tag n-new");
        assertThat(json("network show n-new").path("tags").toString()).isEqualTo("[]");
        refused(
                "network create n-twin --provider-network-type vlan --provider-physical-network physnet2"
                        + " --provider-segment 200",
                "Unable to create the network. The VLAN 200 on physical network physnet2 is in use.");
        refused("network show n-missing", "No Network found for n-missing");
        done("network delete n-new");
        refused("network delete n-new", "No Network found for n-new");
    }

    @Test
    void subnets() throws IOException {
        json("network create s-net");
        var made = json("subnet create s-1 --network s-net --subnet-range 10.0.0.0/24 --gateway 10.0.0.254"
                + " --allocation-pool start=10.0.0.10,end=10.0.0.99 --dns-nameserver 8.8.8.8"
                + " --host-route destination=10.9.0.0/16,gateway=10.0.0.7 --description text --tag red"
                + " --service-type compute:nova --dhcp --dns-publish-fixed-ip");
        assertThat(made.path("gateway_ip").asString()).isEqualTo("10.0.0.254");
        assertThat(made.path("dns_publish_fixed_ip").asBoolean()).isTrue();
        assertThat(made.path("allocation_pools").toString())
                .contains("10.0.0.10")
                .contains("10.0.0.99");
        assertThat(made.path("service_types").toString()).isEqualTo("[\"compute:nova\"]");

        done("subnet set s-1 --name s-2 --no-dhcp --gateway 10.0.0.253 --description other --tag blue"
                + " --no-allocation-pool --allocation-pool start=10.0.0.10,end=10.0.0.50 --dns-nameserver 8.8.4.4"
                + " --host-route destination=10.8.0.0/16,gateway=10.0.0.8 --service-type network:dhcp");
        var shown = json("subnet show s-2");
        assertThat(shown.path("enable_dhcp").asBoolean()).isFalse();
        assertThat(shown.path("gateway_ip").asString()).isEqualTo("10.0.0.253");
        assertThat(shown.path("allocation_pools").toString())
                .contains("10.0.0.50")
                .doesNotContain("10.0.0.99");
        assertThat(shown.path("dns_nameservers")).hasSize(2);
        assertThat(shown.path("host_routes")).hasSize(2);

        for (var filter : List.of(
                "--ip-version 4",
                "--no-dhcp",
                "--project admin",
                "--network s-net",
                "--gateway 10.0.0.253",
                "--name s-2",
                "--subnet-range 10.0.0.0/24",
                "--tags blue")) {
            assertThat(names("subnet list " + filter)).as(filter).contains("s-2");
        }
        for (var filter : List.of("--ip-version 6", "--dhcp", "--gateway 10.0.0.1", "--not-tags blue")) {
            assertThat(names("subnet list " + filter)).as(filter).doesNotContain("s-2");
        }
        assertThat(json("subnet list --long --name s-2").path(0).path("DHCP").asBoolean())
                .isFalse();

        done("subnet unset s-2 --dns-nameserver 8.8.8.8 --host-route destination=10.9.0.0/16,gateway=10.0.0.7"
                + " --service-type compute:nova --tag red --allocation-pool start=10.0.0.10,end=10.0.0.50 --gateway");
        var unset = json("subnet show s-2");
        assertThat(unset.path("dns_nameservers").toString()).isEqualTo("[\"8.8.4.4\"]");
        assertThat(unset.path("allocation_pools")).isEmpty();
        assertThat(unset.path("gateway_ip").isNull()).isTrue();
        assertThat(unset.path("tags").toString()).isEqualTo("[\"blue\"]");

        var six = json("subnet create s-6 --network s-net --ip-version 6 --subnet-range 2001:db8::/64"
                + " --ipv6-ra-mode slaac --ipv6-address-mode slaac");
        assertThat(six.path("ipv6_address_mode").asString()).isEqualTo("slaac");
        json("network create pd-net");
        var delegated = json("subnet create s-pd --network pd-net --ip-version 6 --use-prefix-delegation yes"
                + " --ipv6-ra-mode slaac --ipv6-address-mode slaac");
        assertThat(delegated.path("subnetpool_id").asString()).isEqualTo("prefix_delegation");
        assertThat(delegated.path("cidr").asString()).isEqualTo("::/64");
        done("network delete pd-net");
        refused("subnet create s-3 --network s-net --subnet-range 10.0.0.0/25", "overlaps with another subnet");
        done("subnet delete s-2 s-6");
        assertThat(json("subnet list --network s-net")).isEmpty();
    }

    @Test
    void ports() throws IOException, InterruptedException {
        cloud.agentsOf("network1");
        json("network create p-net");
        json("subnet create p-sub --network p-net --subnet-range 10.1.0.0/24");
        var made = json("port create p-1 --network p-net --description text --device d1 --device-owner compute:nova"
                + " --mac-address fa:16:3e:00:00:09 --host network1 --fixed-ip subnet=p-sub,ip-address=10.1.0.9"
                + " --vnic-type normal --binding-profile a=b --enable --dns-name host --dns-domain example.org."
                + " --extra-dhcp-option name=router,value=10.1.0.7,ip-version=4"
                + " --allowed-address ip-address=10.9.0.0/24,mac-address=fa:16:3e:00:00:0a --tag red");
        assertThat(made.path("mac_address").asString()).isEqualTo("fa:16:3e:00:00:09");
        assertThat(made.path("fixed_ips").path(0).path("ip_address").asString()).isEqualTo("10.1.0.9");
        assertThat(made.path("binding_vif_type").asString()).isEqualTo("bridge");
        assertThat(made.path("binding_profile").toString()).isEqualTo("{\"a\":\"b\"}");

        done("port set p-1 --name p-2 --disable --description other --device d2 --tag blue --binding-profile c=d"
                + " --fixed-ip subnet=p-sub,ip-address=10.1.0.10 --allowed-address ip-address=10.8.0.1"
                + " --extra-dhcp-option name=mtu,value=1400");
        var shown = json("port show p-2");
        assertThat(shown.path("admin_state_up").asBoolean()).isFalse();
        assertThat(shown.path("fixed_ips")).hasSize(2);
        assertThat(shown.path("allowed_address_pairs")).hasSize(2);
        assertThat(shown.path("extra_dhcp_opts")).hasSize(2);

        for (var filter : List.of(
                "--device-owner compute:nova",
                "--host network1",
                "--network p-net",
                "--device-id d2",
                "--mac-address fa:16:3e:00:00:09",
                "--project admin",
                "--name p-2",
                "--fixed-ip subnet=p-sub",
                "--fixed-ip ip-address=10.1.0.10",
                "--fixed-ip ip-substring=.1.0.1",
                "--tags red,blue")) {
            assertThat(names("port list " + filter)).as(filter).contains("p-2");
        }
        for (var filter :
                List.of("--device-id d1", "--host other", "--not-tags red", "--fixed-ip ip-address=10.1.0.11")) {
            assertThat(names("port list " + filter)).as(filter).doesNotContain("p-2");
        }
        assertThat(json("port list --long --name p-2")
                        .path(0)
                        .path("Device Owner")
                        .asString())
                .isEqualTo("compute:nova");

        done("port unset p-2 --fixed-ip subnet=p-sub,ip-address=10.1.0.10 --binding-profile a --tag red --host"
                + " --allowed-address ip-address=10.8.0.1,mac-address=fa:16:3e:00:00:09");
        var unset = json("port show p-2");
        assertThat(unset.path("fixed_ips")).hasSize(1);
        assertThat(unset.path("binding_profile").toString()).isEqualTo("{\"c\":\"d\"}");
        assertThat(unset.path("binding_vif_type").asString()).isEqualTo("unbound");
        done("port set p-2 --no-allowed-address --no-fixed-ip --no-binding-profile --no-tag");
        assertThat(json("port show p-2").path("fixed_ips")).isEmpty();

        json("port create p-3 --network p-net --no-fixed-ip");
        refused(
                "port create p-4 --network p-net --fixed-ip ip-address=10.77.0.1",
                "IP address 10.77.0.1 is not a valid IP for any of the subnets on the specified network.");
        refused("network delete p-net", "There are one or more ports still in use on the network");
        done("port delete p-2 p-3");
        done("network delete p-net");
    }

    @Test
    void subnetPoolsAndAddressScopes() throws IOException {
        json("address scope create a-1 --ip-version 4 --no-share");
        done("address scope set a-1 --name a-2 --share");
        assertThat(json("address scope show a-2").path("shared").asBoolean()).isTrue();
        for (var filter : List.of("--name a-2", "--ip-version 4", "--project admin", "--share")) {
            assertThat(names("address scope list " + filter)).as(filter).contains("a-2");
        }
        for (var filter : List.of("--ip-version 6", "--no-share")) {
            assertThat(names("address scope list " + filter)).as(filter).doesNotContain("a-2");
        }

        var made = json("subnet pool create sp-1 --pool-prefix 10.16.0.0/16 --default-prefix-length 26"
                + " --min-prefix-length 20 --max-prefix-length 30 --address-scope a-2 --description text"
                + " --default-quota 1024 --tag red --share");
        assertThat(made.path("default_prefixlen").asInt()).isEqualTo(26);
        done("subnet pool set sp-1 --name sp-2 --pool-prefix 10.17.0.0/16 --default-prefix-length 27"
                + " --min-prefix-length 21 --max-prefix-length 29 --default --description other --default-quota 2048"
                + " --tag blue --no-address-scope");
        var shown = json("subnet pool show sp-2");
        assertThat(shown.path("prefixes").toString()).isEqualTo("[\"10.16.0.0/15\"]");
        assertThat(shown.path("is_default").asBoolean()).isTrue();
        assertThat(shown.path("default_quota").asInt()).isEqualTo(2048);
        for (var filter : List.of("--share", "--default", "--project admin", "--name sp-2", "--tags red,blue")) {
            assertThat(names("subnet pool list " + filter)).as(filter).contains("sp-2");
        }
        json("network create sp-default");
        assertThat(json("subnet create sp-drawn --network sp-default --use-default-subnet-pool --prefix-length 27")
                        .path("cidr")
                        .asString())
                .startsWith("10.1")
                .endsWith("/27");
        done("network delete sp-default");
        done("subnet pool set sp-2 --address-scope a-2 --no-default");
        assertThat(names("subnet pool list --address-scope a-2")).containsExactly("sp-2");
        assertThat(names("subnet pool list --no-default")).contains("sp-2");
        assertThat(names("subnet pool list --long")).contains("sp-2");
        done("subnet pool unset sp-2 --all-tag");

        json("network create sp-net");
        assertThat(json("subnet create sp-sub --network sp-net --subnet-pool sp-2 --prefix-length 28")
                        .path("cidr")
                        .asString())
                .endsWith("/28");
        assertThat(names("subnet list --subnet-pool sp-2")).containsExactly("sp-sub");
        refused("subnet pool delete sp-2", "Subnet pool has existing allocations");
        done("network delete sp-net");
        done("subnet pool delete sp-2");
        done("address scope delete a-2");
        refused("address scope show a-2", "No AddressScope found for a-2");
    }

    @Test
    void rbac() throws IOException {
        json("network create r-net");
        var made = json("network rbac create r-net --type network --action access_as_shared --target-project demo");
        String id = made.path("id").asString();
        assertThat(json("network rbac list --type network --action access_as_shared --long")
                        .toString())
                .contains(id);
        done("network rbac set " + id + " --target-project service");
        assertThat(json("network rbac show " + id).path("target_project_id"))
                .isNotEqualTo(made.path("target_project_id"));
        done("network rbac delete " + id);
        String all = json("network rbac create r-net --type network --action access_as_external --target-all-projects")
                .path("id")
                .asString();
        assertThat(json("network show r-net").path("router:external").asBoolean())
                .isTrue();
        done("network rbac delete " + all);
        refused("network rbac show " + all, "No RBACPolicy found for " + all);
        done("network delete r-net");
    }
}
