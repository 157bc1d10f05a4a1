package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The chapter's pages in a browser, on a running lab: what is made there comes to be on hosts, and instances live on it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardLabTest {
    private static final Pattern MEMBER = Pattern.compile("(tap[0-9a-f-]{11})\\S*:? .*master (brq[0-9a-f-]{11})");
    private static final Pattern SPACE = Pattern.compile("qdhcp-[0-9a-f-]{36}");
    private static final Pattern END = Pattern.compile("ns-([0-9a-f]{8}-[0-9a-f]{2})");

    private static Browser browser;
    private static String password;

    @BeforeAll
    static void startTheLab() throws IOException, InterruptedException {
        assumeTrue(Browser.isInstalled(), "Chromium and its driver are not installed");
        assertThat(TheLab.start()).contains("http://127.0.0.1:9696/dashboard");
        password = Checkout.admin(10, "printf %s \"$OS_PASSWORD\"").output();
        browser = Browser.at("http://127.0.0.1:9696");
    }

    @AfterAll
    static void stopTheLab() throws IOException, InterruptedException {
        if (browser != null) {
            browser.close();
            TheLab.stop();
        }
    }

    @Test
    @Order(1)
    void aNetworkAndAnInstanceOnIt() throws IOException, InterruptedException {
        browser.open("#/admin/networks");
        browser.signIn("admin", password);
        browser.press("Create network");
        browser.fill("name", "MyFlatNetwork");
        browser.fill("project_id", "admin");
        browser.fill("provider:network_type", "Flat");
        browser.fill("provider:physical_network", "physnet2");
        browser.fill("shared", "true");
        browser.fill("with_subnet", "true");
        browser.press("Next");
        browser.fill("name", "MyFlatSubnet");
        browser.fill("cidr", "192.168.100.0/24");
        browser.press("Next");
        browser.fill("dns_nameservers", "8.8.8.8", "8.8.4.4");
        browser.press("Create");
        browser.dialogCloses();
        browser.sees("MyFlatSubnet");
        browser.shoot("lab-admin-networks");
        // The DHCP agent has heard of it, and says so: the page follows.
        browser.press("MyFlatNetwork");
        browser.find("nav.tabs a[href$='/ports']").click();
        browser.sees("network:dhcp");
        browser.sees("Active");
        browser.shoot("lab-ports");
        assertThat(Checkout.run(20, "./isospin", "shell", "controller01", "ip", "netns")
                        .output())
                .contains("qdhcp-");
        browser.press("DHCP agents");
        browser.sees("controller01");
        browser.sees("Alive");
        browser.shoot("lab-dhcp-agents");

        browser.go("#/project/instances");
        browser.press("Launch instance");
        browser.fill("name", "web");
        browser.fill("image", "cirros");
        browser.fill("flavor", "m1.tiny");
        browser.fill("network", "MyFlatNetwork");
        browser.fill("host", "compute01");
        browser.shoot("lab-launch");
        browser.press("Launch instance");
        browser.dialogCloses();
        browser.sees("Active");
        browser.sees("192.168.100.");
        browser.shoot("lab-instances");
        browser.press("web");
        browser.press("Console log");
        browser.sees("Booting web");
        browser.shoot("lab-console");
        browser.go("#/project/topology");
        browser.sees("MyFlatNetwork");
        browser.sees("web");
        browser.isAccessible("topology");
        browser.shoot("lab-topology");

        browser.go("#/project/networks");
        browser.press("Create network");
        browser.fill("name", "MyUserNetwork");
        browser.press("Next");
        browser.fill("cidr", "192.168.204.0/24");
        browser.press("Next");
        browser.addRow("allocation_pools", "192.168.204.50", "192.168.204.99");
        browser.press("Create");
        browser.dialogCloses();
        browser.sees("MyUserNetwork");
        browser.go("#/project/instances");
        browser.press("web");
        browser.press("Attach interface");
        browser.fill("network", "MyUserNetwork");
        browser.press("Attach interface");
        browser.dialogCloses();
        browser.sees("192.168.204.");
        browser.shoot("lab-attached");
        browser.go("#/project/topology");
        browser.sees("192.168.204.");
        browser.shoot("lab-topology-two");
        browser.go("#/project/instances");
        browser.press("Actions on web");
        browser.press("Delete");
        browser.press("Delete");
        browser.dialogCloses();
        browser.sees("Nothing here yet.");
        assertThat(browser.complaints()).isEmpty();
    }

    /** D4: flat and VLAN networks with every tap, and where that of each qdhcp namespace sits, from the live system. */
    @Test
    @Order(2)
    void theWiringIsPictured() throws IOException, InterruptedException {
        var made = Checkout.admin(120, """
                set -e
                neutron net-create MyVLANNetwork --provider:network_type=vlan --provider:physical_network=physnet2 \
                    --provider:segmentation_id=200 --shared
                neutron subnet-create MyVLANNetwork 192.168.200.0/24 --name MyVLANSubnet
                for at in MyFlatNetwork:compute01 MyFlatNetwork:compute02 MyVLANNetwork:compute01 MyVLANNetwork:compute02; do
                    nova boot --image cirros --flavor m1.tiny --nic net-name=${at%:*} --availability-zone nova:${at#*:} \
                        --poll ${at%:*}-${at#*:}
                done""");
        assertThat(made.exitStatus()).as(made.output()).isZero();
        browser.go("#/admin/wiring");
        browser.sees("3 hosts");
        browser.sees("Every host is wired as it should be.");
        for (String host : List.of("controller01", "compute01", "compute02")) {
            isPictured(host);
        }
        browser.isAccessible("wiring");
        browser.shootAll("D4-wiring-en");
        browser.press("Language");
        browser.press("한국어");
        browser.sees("모든 호스트가 원래 상태대로 배선되어 있습니다.");
        browser.shootAll("D4-wiring-ko");
        browser.press("언어");
        browser.press("English");

        // A tap that nothing wants, as a compute service leaves behind one of an instance that is gone.
        Checkout.run(20, "./isospin", "shell", "compute01", "ip", "tuntap", "add", "tap01234567-89", "mode", "tap");
        differs(true);
        browser.press("compute01");
        browser.find("svg.wiring .tap.bad.found");
        browser.isAccessible("a difference");
        browser.shoot("D4-difference");
        Checkout.run(20, "./isospin", "shell", "compute01", "ip", "link", "delete", "tap01234567-89");
        differs(false);
        browser.go("#/admin/wiring?find=MyVLANNetwork");
        browser.sees("3 of 3 hosts");
        assertThat(browser.texts("svg.wiring a.title .strong")).hasSize(3).containsOnly("MyVLANNetwork");
        browser.shootAll("D4-one-network");
        browser.go("#/admin/wiring?find=MyFlatNetwork-compute02");
        browser.sees("1 of 3 hosts");
        browser.find("svg.wiring .end.found");
        // In the picture itself there may be room for less of it.
        assertThat(browser.texts("svg.wiring .end.found title")).hasSize(1);
        assertThat(browser.texts("svg.wiring .end.found title").getFirst()).startsWith("MyFlatNetwork-compute02");
        browser.resize(390, 844);
        browser.go("#/admin/wiring");
        browser.find("svg.wiring .tap");
        browser.isAccessible("wiring on a phone");
        browser.shoot("D4-phone");
        browser.resize(1280, 860);
        assertThat(browser.complaints()).isEmpty();
    }

    /** An agent gives a tap half a minute to be wanted, and looks at what it does not know every half minute. */
    private static void differs(boolean does) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> browser.text("main").contains("1 difference from what should be") == does);
    }

    @Test
    @Order(3)
    void whatHappensIsToldWithEachHostsAnswer() throws IOException, InterruptedException {
        browser.go("#/admin/networks");
        browser.sees("MyVLANNetwork");
        browser.run("""
                new MutationObserver(() => {
                  if (!window.seen && document.body.innerText.includes('MadeByCommand')) window.seen = Date.now();
                }).observe(document.body, { childList: true, subtree: true, characterData: true });""");
        var made = Checkout.admin(30, "neutron net-create MadeByCommand");
        assertThat(made.exitStatus()).as(made.output()).isZero();
        browser.sees("MadeByCommand");
        System.out.println(
                "dashboard: a network made by the command is seen " + browser.await("""
                const done = arguments[arguments.length - 1];
                fetch('/v2.0/changes?object_type=network&type=created&limit=1', { headers: { 'X-Isospin-Dashboard': '1' } })
                    .then((answer) => answer.json())
                    .then(({ changes }) => done(window.seen - Date.parse(changes[0].created_at)));""") + " ms after its change");
        var port = Checkout.admin(30, "openstack port list --server MyVLANNetwork-compute01 -f value -c ID");
        browser.go("#/admin/ports/" + port.output().strip() + "/history");
        browser.sees("ACTIVE after");
        assertThat(browser.texts(".life li").getFirst()).contains("Created");
        assertThat(browser.texts(".life li").getLast()).contains("ACTIVE, with the answer of");
        assertThat(browser.text(".life")).contains("compute01", "controller01");
        browser.isAccessible("a port's life");
        browser.shoot("lab-life");
        browser.go("#/admin/timeline");
        browser.sees("MadeByCommand");
        browser.sees("compute01");
        browser.shoot("lab-timeline");
        assertThat(browser.complaints()).isEmpty();
    }

    /** Every bridge and tap that the kernel has is tied to what it is tied to there. */
    private static void isPictured(String host) throws IOException, InterruptedException {
        String links =
                Checkout.run(20, "./isospin", "shell", host, "bridge", "link").output();
        int taps = 0;
        for (var member : MEMBER.matcher(links).results().toList()) {
            assertThat(tied(host + "/" + member.group(2), host + "/" + member.group(1)))
                    .as("%s: %s in %s", host, member.group(1), member.group(2))
                    .isTrue();
            taps++;
        }
        assertThat(browser.strings(
                        "return [...document.querySelectorAll('svg.wiring .tap')].map((one) => one.dataset.key)"
                                + ".filter((key) => key.startsWith(arguments[0]))",
                        host + "/"))
                .hasSize(taps);
        String names =
                Checkout.run(20, "./isospin", "shell", host, "ip", "netns").output();
        for (var space : SPACE.matcher(names).results().map(MatchResult::group).toList()) {
            String inside = Checkout.run(20, "./isospin", "shell", host, "ip", "-netns", space, "-o", "link")
                    .output();
            var end = END.matcher(inside);
            assertThat(end.find()).as(inside).isTrue();
            assertThat(tied(host + "/tap" + end.group(1), host + "/" + space + ":ns-" + end.group(1)))
                    .as("%s: the tap of %s", host, space)
                    .isTrue();
        }
    }

    private static boolean tied(String from, String to) {
        return Boolean.TRUE.equals(browser.run(
                "return [...document.querySelectorAll('svg.wiring .link')].some((one) => one.dataset.from ==="
                        + " arguments[0] && one.dataset.to === arguments[1] && !one.classList.contains('bad'))",
                from,
                to));
    }
}
