package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Every command for what an operator has: agents, segments and their ranges, zones, quotas, extensions. */
class OpenStackOperatorTest extends OpenStackClient {
    @Test
    void agents() throws IOException, InterruptedException {
        cloud.agentsOf("network1");
        assertThat(json("network agent list --long --host network1")).hasSize(2);
        assertThat(json("network agent list --agent-type dhcp --host network1")).hasSize(1);
        assertThat(json("network agent list --host nowhere")).isEmpty();
        String id = json("network agent list --agent-type linux-bridge --host network1")
                .path(0)
                .path("ID")
                .asString();
        done("network agent set " + id + " --description text --disable");
        var shown = json("network agent show " + id);
        assertThat(shown.path("admin_state_up").asBoolean()).isFalse();
        assertThat(shown.path("alive").asBoolean()).isTrue();
        assertThat(shown.path("binary").asString()).isEqualTo("neutron-linuxbridge-agent");
        done("network agent set " + id + " --enable");
        refused(
                "network agent show 00000000-0000-0000-0000-000000000000",
                "No Agent found for 00000000-0000-0000-0000-000000000000");
    }

    @Test
    void quotas() throws IOException {
        done("quota set demo --networks 7 --subnets 8 --ports 9 --rbac-policies 6 --subnetpools 5");
        assertThat(done("quota list --network -f value").out())
                .contains("7")
                .contains("8")
                .contains("9");
        assertThat(json("quota list --network --detail --project demo").toString())
                .contains("\"Limit\": 7".replace(" ", ""));
    }

    @Test
    void ipAvailability() throws IOException {
        json("network create i-net");
        json("subnet create i-sub --network i-net --subnet-range 10.2.0.0/24");
        assertThat(names("ip availability list --ip-version 4", "Network Name")).contains("i-net");
        assertThat(names("ip availability list --project demo", "Network Name")).doesNotContain("i-net");
        assertThat(json("ip availability show i-net").path("total_ips").asInt()).isEqualTo(253);
        refused("ip availability show i-missing", "i-missing");
        done("network delete i-net");
    }

    @Test
    void extensions() throws IOException {
        assertThat(names("extension list --network", "Alias")).contains("provider", "binding", "rbac-policies");
        assertThat(json("extension show provider").path("name").asString()).isEqualTo("Provider Network");
        refused("extension show nosuch", "No Extension found for nosuch");
    }

    @Test
    void networksOfAnAgent() throws IOException, InterruptedException {
        cloud.agentsOf("network2");
        String agent = json("network agent list --agent-type dhcp --host network2")
                .path(0)
                .path("ID")
                .asString();
        json("network create g-net");
        json("subnet create g-sub --network g-net --subnet-range 10.3.0.0/24");
        for (var id : names("network agent list --agent-type dhcp --network g-net", "ID")) {
            done("network agent remove network --dhcp " + id + " g-net");
        }
        assertThat(json("network agent list --network g-net")).isEmpty();
        done("network agent add network --dhcp " + agent + " g-net");
        assertThat(names("network agent list --network g-net", "ID")).containsExactly(agent);
        assertThat(names("network list --agent " + agent)).contains("g-net");
        done("network agent remove network --dhcp " + agent + " g-net");
        assertThat(names("network list --agent " + agent)).doesNotContain("g-net");
        done("network delete g-net");
        done("network agent delete " + agent);
        refused("network agent show " + agent, "No Agent found for " + agent);
        refused("network agent delete " + agent, "Failed to delete network agent with ID");
    }

    @Test
    void segments() throws IOException {
        json("network create t-net --provider-network-type vlan --provider-physical-network physnet2"
                + " --provider-segment 210");
        var first = json("network segment list --network t-net --long");
        assertThat(first).hasSize(1);
        assertThat(first.path(0).path("Network Type").asString()).isEqualTo("vlan");
        var made = json("network segment create t-1 --network t-net --network-type vlan --physical-network physnet2"
                + " --segment 211 --description text");
        assertThat(made.path("segmentation_id").asInt()).isEqualTo(211);
        done("network segment set t-1 --name t-2 --description other");
        var shown = json("network segment show t-2");
        assertThat(shown.path("id")).isEqualTo(made.path("id"));
        assertThat(shown.path("description").asString()).isEqualTo("other");
        assertThat(names("network segment list")).contains("t-2");
        refused(
                "network segment create t-3 --network t-net --network-type vlan --physical-network physnet2"
                        + " --segment 211",
                "The VLAN 211 on physical network physnet2 is in use.");
        assertThat(names("network list --provider-segment 211"))
                .as("a network of several segments")
                .containsExactly("t-net");
        String over = first.path(0).path("ID").asString();
        json("subnet create t-sub --network t-net --subnet-range 10.4.0.0/24 --network-segment " + over);
        assertThat(json("subnet show t-sub").path("segment_id").asString()).isEqualTo(over);
        refused("network segment delete " + over, "Failed to delete network segment");
        done("subnet delete t-sub");
        done("network segment delete t-2");
        refused("network segment show t-2", "No Segment found for t-2");
        done("network delete t-net");
    }

    @Test
    void segmentRanges() throws IOException {
        var made = json("network segment range create v-1 --shared --network-type vlan --physical-network physnet3"
                + " --minimum 300 --maximum 310");
        assertThat(made.path("shared").asBoolean()).isTrue();
        done("network segment range set v-1 --name v-2 --minimum 301 --maximum 309");
        var shown = json("network segment range show v-2");
        assertThat(shown.path("minimum").asInt()).isEqualTo(301);
        assertThat(shown.path("available").toString()).isEqualTo("[\"301-309\"]");
        var own = json("network segment range create v-3 --private --project demo --network-type vxlan"
                + " --minimum 5000 --maximum 5001");
        assertThat(own.path("project_id").asString()).isNotEmpty();
        json("network create v-net --project demo --provider-network-type vxlan --provider-segment 5000");
        assertThat(names("network segment range list --used --long"))
                .contains("v-3")
                .doesNotContain("v-2");
        assertThat(names("network segment range list --unused")).contains("v-2").doesNotContain("v-3");
        assertThat(names("network segment range list --available")).contains("v-2", "v-3");
        assertThat(names("network segment range list --unavailable")).doesNotContain("v-2", "v-3");
        refused("network segment range delete v-3", "Failed to delete network segment range");
        refused(
                "network segment range create v-4 --shared --network-type vlan --physical-network physnet3"
                        + " --minimum 305 --maximum 320",
                "Network segment range overlaps with range(s)");
        done("network delete v-net");
        done("network segment range delete v-2 v-3");
        refused("network segment range show v-2", "No NetworkSegmentRange found for v-2");
    }

    @Test
    void availabilityZones() throws IOException, InterruptedException {
        cloud.agentsOf("network1");
        var zone = json("availability zone list --network --long").path(0);
        assertThat(zone.path("Zone Name").asString()).isEqualTo("nova");
        assertThat(zone.path("Zone Status").asString()).isEqualTo("available");
        assertThat(zone.path("Zone Resource").asString()).isEqualTo("network");
        var made = json("network create z-net --availability-zone-hint nova");
        assertThat(made.path("availability_zone_hints").toString()).isEqualTo("[\"nova\"]");
        refused(
                "network create z-none --availability-zone-hint nowhere",
                "AvailabilityZone nowhere could not be found.");
        done("network delete z-net");
    }

    @Test
    void quotaLimits() throws IOException {
        json("network create q-1 --project service");
        json("network create q-2 --project service");
        refused("quota set service --networks 1 --check-limit", "must be greater than or equal to already used 2");
        done("quota set service --networks 2 --check-limit");
        done("quota set service --networks 1 --force");
        assertThat(json("quota show service").path("networks").asInt()).isEqualTo(1);
        assertThat(json("quota show --default service").path("networks").asInt())
                .isEqualTo(100);
        refused("network create q-3 --project service", "Quota exceeded for resources: ['network'].");
        done("network delete q-1 q-2");
    }

    @Test
    void serviceProviders() throws IOException {
        assertThat(json("network service provider list")).isEmpty();
    }

    @Test
    void uplinkStatus() throws IOException {
        json("network create u-net");
        assertThat(json("port create u-1 --network u-net --disable-uplink-status-propagation")
                        .path("propagate_uplink_status")
                        .asBoolean())
                .isFalse();
        assertThat(json("port create u-2 --network u-net --enable-uplink-status-propagation --device-profile p")
                        .path("device_profile")
                        .asString())
                .isEqualTo("p");
        done("port set u-2 --data-plane-status ACTIVE");
        assertThat(json("port show u-2").path("data_plane_status").asString()).isEqualTo("ACTIVE");
        done("port unset u-2 --data-plane-status");
        assertThat(json("port show u-2").path("data_plane_status").isNull()).isTrue();
        done("port delete u-1 u-2");
        done("network delete u-net");
    }
}
