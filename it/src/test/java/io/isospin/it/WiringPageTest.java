package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import tools.jackson.databind.json.JsonMapper;

/** The wiring picture of 500 hosts, whose agents' reports are simulated. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WiringPageTest {
    private static final int HOSTS = 500;
    private static final int NETWORKS = 60;
    private static final int PORTS = 40;
    private static final Path FIGURES = Path.of("target", "wiring-filter.txt");

    /** Until the hosts that are drawn are these; then the time since the key that was pressed last. */
    private static final String SINCE_KEY = """
            const [wanted, done] = [arguments[0], arguments[arguments.length - 1]];
            const drawn = () => [...document.querySelectorAll('svg.wiring .host .name')].map((one) => one.textContent).join();
            const look = () => drawn() === wanted && document.querySelector('.wiring-count').textContent.startsWith(arguments[1])
                ? requestAnimationFrame(() => setTimeout(() => done(Math.round(performance.now() - window.pressed))))
                : requestAnimationFrame(look);
            look();""";

    /** Until all devices are there to be searched, which begins when the search has the focus. */
    private static final String ALL_READ = """
            const done = arguments[arguments.length - 1];
            const look = () => (document.querySelector('.wiring-count').textContent.includes('Loading') ? setTimeout(look, 20) : setTimeout(done, 300));
            setTimeout(look, 100);""";

    @TempDir
    private static Path folder;

    private static SmallCloud cloud;
    private static Browser browser;
    private static Networking admin;
    private static SimulatedHosts hosts;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(Browser.isInstalled(), "Chromium and its driver are not installed");
        cloud = new SmallCloud(folder, """
                [quotas]
                quota_network = -1
                quota_subnet = -1
                quota_port = -1
                """);
        admin = Networking.as("admin", SmallCloud.PASSWORD, cloud.identityUrl(), cloud.serverUrl());
        browser = Browser.at(cloud.serverUrl());
        hosts = new SimulatedHosts(cloud, admin);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (cloud != null) {
            admin.close();
            cloud.close();
        }
    }

    private static List<String> drawn() {
        return browser.texts("svg.wiring .host .name");
    }

    private static void search(String text) {
        browser.type("#find", Keys.chord(Keys.CONTROL, "a") + text);
    }

    @Test
    @Order(1)
    void saysWhatIsMissingBeforeThereIsAPicture() throws IOException, InterruptedException {
        browser.open("#/admin/wiring");
        browser.signIn("admin", SmallCloud.PASSWORD);
        browser.sees("No agent has reported yet.");
        cloud.agentsOf("controller01");
        browser.reload();
        browser.sees("none has told of its devices");
        browser.isAccessible("no picture");
    }

    @Test
    @Order(2)
    void manyHostsAreFieldsWithWhatDiffersFirst() throws IOException, InterruptedException {
        hosts.make(HOSTS, NETWORKS, PORTS);
        browser.sees(HOSTS + " hosts");
        browser.sees("Every host is wired as it should be.");
        assertThat(drawn()).as("nothing draws 500 hosts").isEmpty();
        var tap = "tap"
                + hosts.ports(SimulatedHosts.name(321))
                        .getFirst()
                        .path("id")
                        .asString()
                        .substring(0, 11);
        hosts.tell(SimulatedHosts.name(321), Map.of(tap, tap + " is not in the bridge"));
        browser.sees("1 difference from what should be");
        browser.sees(tap + " is not in the bridge");
        assertThat(browser.texts(".cells a > bdi").getFirst()).isEqualTo("compute321");
        browser.isAccessible("500 hosts");
        browser.shoot("wiring-500-hosts");
        // The difference leads to its device.
        browser.find(".faults a").click();
        browser.find("svg.wiring .tap.bad.found");
        assertThat(drawn()).containsExactly("compute321");
        assertThat(String.valueOf(browser.run("return location.hash"))).contains("host=compute321", "find=" + tap);
        browser.isAccessible("a difference");
        browser.shoot("wiring-difference");
        hosts.tell(SimulatedHosts.name(321), Map.of());
        browser.seesNoMore("is not in the bridge");
        assertThat(browser.run("return document.querySelector('svg.wiring .bad') === null"))
                .isEqualTo(true);
    }

    @Test
    @Order(3)
    void narrowsToWhatIsLookedFor() throws IOException {
        browser.go("#/admin/wiring");
        browser.sees(HOSTS + " hosts");
        var port = hosts.ports(SimulatedHosts.name(250)).stream()
                .filter(one -> one.path("device_owner").asString().startsWith("compute:"))
                .findFirst()
                .orElseThrow();
        String id = port.path("id").asString();
        var figures = new ArrayList<String>();
        for (var word : List.of(
                "compute250",
                port.path("name").asString(),
                port.at("/fixed_ips/0/ip_address").asString(),
                port.path("mac_address").asString(),
                id,
                "tap" + id.substring(0, 11))) {
            search(word.substring(0, word.length() - 1));
            browser.await(ALL_READ);
            browser.run("""
                    window.pressed = NaN;
                    document.getElementById('find').addEventListener('keydown',
                        () => { window.pressed = performance.now(); }, { capture: true, once: true });""");
            browser.type("#find", word.substring(word.length() - 1));
            figures.add("%4s ms from the last key of %s to the picture"
                    .formatted(browser.await(SINCE_KEY, "compute250", "1 of 500 hosts"), word));
            if (!word.startsWith("compute")) {
                assertThat(browser.strings("return [...document.querySelectorAll('svg.wiring .tap.found')].map((one) =>"
                                + " one.dataset.key)"))
                        .as(word)
                        .contains("compute250/tap" + id.substring(0, 11));
            }
            assertThat(String.valueOf(browser.run("return decodeURIComponent(location.hash)")))
                    .endsWith("find=" + word);
        }
        figures.forEach(figure -> System.out.println("wiring of " + HOSTS + " hosts: " + figure));
        Files.write(FIGURES, figures);
        browser.shoot("wiring-found");
        browser.reload();
        browser.find("svg.wiring .tap.found");
        assertThat(drawn()).as("the address alone brings it back").containsExactly("compute250");
    }

    @Test
    @Order(4)
    void aNetworkIsShownOnAllItsHostsAndAWholeHostByItself() {
        browser.go("#/admin/wiring");
        search("net-07");
        browser.sees(hosts.hostsOf("net-07") + " of 500 hosts");
        assertThat(browser.texts("svg.wiring a.title .strong")).isNotEmpty().containsOnly("net-07");
        browser.go("#/admin/wiring?host=compute007");
        browser.sees("1 of 500 hosts");
        browser.find("svg.wiring .tap");
        assertThat(browser.strings(
                        "return [...document.querySelectorAll('svg.wiring .tap')].map((one) => one.dataset.key)"))
                .hasSize(hosts.ports("compute007").size());
        browser.shoot("wiring-one-host");
        search("no-such-thing");
        browser.sees("Nothing fits the filter.");
    }

    @Test
    @Order(5)
    void theFileIsValidWhateverNamesHold() throws Exception {
        String hostile = "</text><script>alert(1)</script>&\"' ]]> \u202e";
        var network = hosts.ports(SimulatedHosts.name(1))
                .getFirst()
                .path("network_id")
                .asString();
        var wanted = JsonMapper.shared().createObjectNode();
        wanted.putObject("network").put("name", hostile);
        admin.ask("PUT", "/v2.0/networks/" + network, wanted.toString());
        browser.go("#/admin/wiring?host=compute001&network=" + network);
        browser.find("svg.wiring .tap");
        browser.run("""
                const make = URL.createObjectURL.bind(URL);
                URL.createObjectURL = (blob) => { blob.text().then((text) => { window.exported = text; }); return make(blob); };""");
        browser.press("Export as SVG");
        String svg = String.valueOf(browser.await("""
                const done = arguments[arguments.length - 1];
                const look = () => (window.exported ? done(window.exported) : setTimeout(look, 10));
                look();"""));
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var document =
                factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(document.getElementsByTagNameNS("*", "script").getLength()).isZero();
        assertThat(document.getDocumentElement().getTextContent())
                .contains("compute001", "tap", cloud.serverUrl().substring("http://".length()), "alert(1)");
        assertThat(svg).doesNotContain("var(--", "href=", "NaN", "undefined");
        Files.writeString(Path.of("target", "screenshots", "wiring-export.svg"), svg);
    }

    @Test
    @Order(6)
    void keysReachWhatLightsUp() {
        browser.run("document.querySelector('svg.wiring a.tap').focus()");
        assertThat(browser.strings(
                        "return [...document.querySelectorAll('svg.wiring .lit')].map((one) => one.dataset.key ?? '')"))
                .anyMatch(key -> key.startsWith("rail "))
                .anyMatch(key -> key.contains("/brq"))
                .anyMatch(key -> key.contains("/tap"))
                .anyMatch(key -> key.contains("/eth"));
        browser.find(".as-list summary").click();
        browser.find(".as-list li li");
        browser.isAccessible("a host");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(7)
    void onlyAdministratorsAreLedThere() {
        browser.press("User admin");
        browser.press("Sign out");
        browser.signIn("demo", SmallCloud.PASSWORD);
        browser.find("nav.side");
        assertThat(browser.texts("nav.side a")).doesNotContain("Wiring");
        browser.go("#/admin/wiring");
        browser.sees("Only an administrator can see this.");
    }
}
