package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the wiring picture is planned by: documents in, shapes out, in a browser's JavaScript and without a page. */
class WiringPlanTest {
    private static final String HOSTS = """
            const files = new URL('.', document.querySelector('script[src]').src);
            const [{ hostOf }, { plan }, { pathOf }, { narrow, ranked }, text] = await Promise.all(
                ['host', 'plan', 'path', 'find', 'text'].map((name) => import(`${files}wiring/${name}.js`)));
            const FLAT = '11111111-1111-4111-8111-111111111111';
            const VLAN = '22222222-2222-4222-8222-222222222222';
            const device = (name, kind, more) => ({ name, kind, mtu: 1500, up: true, ...more });
            const agent = { alive: true, configurations: { bridge_mappings: { physnet2: 'eth2' }, tunneling_ip: '172.18.0.1' } };
            const own = { id: 'o', network_id: null, namespaces: [], differences: [], interfaces: [
              device('eth0', 'physical', { addresses: ['10.0.0.1/24'] }), device('eth1', 'physical', { addresses: ['172.18.0.1/24'] })] };
            const flat = { id: 'f', network_id: FLAT, differences: [], interfaces: [
              device('brq11111111-11', 'bridge'), device('eth2', 'veth', { master: 'brq11111111-11' }),
              device('tapaaaaaaaa-aa', 'veth', { master: 'brq11111111-11', port_id: 'aaaaaaaa-aaaa' })],
              namespaces: [{ name: `qdhcp-${FLAT}`, interfaces: [device('ns-aaaaaaaa-aa', 'veth', { peer: 'tapaaaaaaaa-aa',
                addresses: ['192.168.100.2/24'] })], services: [{ name: 'dnsmasq', running: true }, { name: 'metadata', running: false }] }] };
            const vlan = (differences, up = true) => ({ id: 'v', network_id: VLAN, namespaces: [], differences, interfaces: [
              device('brq22222222-22', 'bridge'), ...(up ? [device('eth2.200', 'vlan', { vlan: 200, parent: 'eth2', master: 'brq22222222-22' }),
                device('vo-00000000', 'veth')] : []),
              device('tapbbbbbbbb-bb', 'tap', { master: 'brq22222222-22', port_id: 'bbbbbbbb-bbbb' })] });
            const look = (id) => ({ name: id === FLAT ? 'flat' : 'vlan', detail: '', short: '', mark: id === FLAT ? 0 : 1, order: id === FLAT ? 0 : 1 });
            const draw = (hosts, width = 1000) => plan({ hosts, width, look, ports: new Map(), names: new Map(), found: () => false, t: (key) => key });
            """;

    @TempDir
    private static Path folder;

    private static SmallCloud cloud;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Browser.isInstalled(), "Chromium and its driver are not installed");
        cloud = new SmallCloud(folder);
        browser = Browser.at(cloud.serverUrl());
        browser.open("");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            cloud.close();
        }
    }

    /** What a script returns, which has the hosts above. */
    private static JsonNode answer(String script) {
        return JsonMapper.shared()
                .readTree(String.valueOf(
                        browser.await("const done = arguments[arguments.length - 1];\n(async () => {\n" + HOSTS
                                + script
                                + "\n"
                                + "})().then((it) => done(JSON.stringify(it)), (fault) =>"
                                + " done(JSON.stringify(fault.stack)));")));
    }

    @Test
    void aNetworksWayGoesFromItsInterfaceToItsTaps() {
        var blocks = answer("return hostOf('compute01', [own, flat, vlan([])], agent);");
        assertThat(blocks.at("/nics/0/name").asString()).isEqualTo("eth2");
        assertThat(blocks.at("/nics/0/physical").asString()).isEqualTo("physnet2");
        assertThat(blocks.at("/nics/1/tunnel").asString()).isEqualTo("172.18.0.1");
        assertThat(blocks.at("/idle/0/name").asString()).isEqualTo("eth0");
        assertThat(blocks.path("blocks")).hasSize(2);
        assertThat(blocks.at("/blocks/0/nic").asString()).isEqualTo("eth2");
        assertThat(blocks.at("/blocks/1/nic").asString()).isEqualTo("eth2");
        assertThat(blocks.at("/blocks/1/uplinks"))
                .as("a pair's outer end is not a device")
                .hasSize(1);
        assertThat(blocks.at("/blocks/1/taps")).hasSize(1);
    }

    @Test
    void theTapOfANamespaceIsTiedToItsEndInside() {
        var tied = answer("""
                const { shapes, links } = draw([hostOf('controller01', [own, flat], agent)]);
                const wall = shapes.find((one) => one.type === 'space');
                const inside = shapes.find((one) => one.role === 'inside');
                return { line: links.some((one) => one.from === 'controller01/tapaaaaaaaa-aa' && one.to === inside.key),
                  bridge: links.some((one) => one.from === 'controller01/brq11111111-11' && one.to === 'controller01/tapaaaaaaaa-aa'),
                  within: inside.x >= wall.x && inside.x + inside.w <= wall.x + wall.w && inside.y + inside.h <= wall.y + wall.h,
                  services: shapes.filter((one) => one.type === 'service').map((one) => `${one.text} ${one.running}`) };""");
        assertThat(tied.path("line").asBoolean()).isTrue();
        assertThat(tied.path("bridge").asBoolean()).isTrue();
        assertThat(tied.path("within").asBoolean()).isTrue();
        assertThat(tied.path("services").toString())
                .isEqualTo("[\"dnsmasq true\",\"metadata wiring.notRunning false\"]");
    }

    @Test
    void whatADifferenceSaysIsMissingHasItsPlace() {
        var ghost = answer("""
                const { shapes, links } = draw([hostOf('compute01', [own, flat, vlan(['there is no interface eth2.200: busy'], false)], agent)]);
                const ghost = shapes.find((one) => one.key === 'compute01/eth2.200');
                return { ghost: ghost.ghost, bad: ghost.bad, title: ghost.title,
                  up: links.some((one) => one.from === 'compute01/eth2' && one.to === ghost.key && one.bad),
                  sentence: shapes.find((one) => one.type === 'fault') };""");
        assertThat(ghost.path("ghost").asBoolean()).isTrue();
        assertThat(ghost.path("bad").asBoolean()).isTrue();
        assertThat(ghost.path("up").asBoolean()).isTrue();
        assertThat(ghost.path("title").asString()).contains("there is no interface eth2.200: busy");
        assertThat(ghost.at("/sentence/about").asString()).isEqualTo("compute01/eth2.200");
    }

    @Test
    void aTapOutOfItsBridgeIsTiedToNothing() {
        var loose = answer("""
                const part = vlan(['tapbbbbbbbb-bb is not in the bridge brq22222222-22']);
                part.interfaces.at(-1).master = undefined;
                const { shapes, links } = draw([hostOf('compute01', [own, flat, part], agent)]);
                return { bad: shapes.find((one) => one.key === 'compute01/tapbbbbbbbb-bb').bad,
                  line: links.find((one) => one.to === 'compute01/tapbbbbbbbb-bb') };""");
        assertThat(loose.path("bad").asBoolean()).isTrue();
        assertThat(loose.at("/line/gap").asBoolean()).isTrue();
    }

    @Test
    void boxesDoNotLieOnEachOtherAndEveryLineHasItsEnds() {
        var wrong = answer("""
                const hosts = ['a', 'b', 'c', 'd', 'e'].map((host) => hostOf(host, [own, flat, vlan(['there is no interface eth2.200: ' + 'why '.repeat(60)], false)], agent));
                const wrong = [];
                for (const width of [320, 700, 1000, 2400]) {
                  const { shapes, links, height } = draw(hosts, width);
                  const keys = new Set(shapes.map((one) => one.key));
                  links.filter((one) => !keys.has(one.from) || !keys.has(one.to)).forEach((one) => wrong.push(`${width}: ${one.key}`));
                  const boxes = shapes.filter((one) => one.type === 'box');
                  boxes.forEach((one, index) => boxes.slice(index + 1).forEach((other) => {
                    if (one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h) wrong.push(`${width}: ${one.key} on ${other.key}`);
                  }));
                  boxes.filter((one) => one.x < 0 || one.x + one.w > width || one.y + one.h > height).forEach((one) => wrong.push(`${width}: ${one.key} outside`));
                  if (JSON.stringify(draw(hosts, width)) !== JSON.stringify(draw(hosts, width))) wrong.push('not the same twice');
                }
                return wrong;""");
        assertThat(wrong.toString()).isEqualTo("[]");
    }

    @Test
    void aWayLightsUpOnAllHosts() {
        var lit = answer("""
                const drawing = draw(['a', 'b'].map((host) => hostOf(host, [own, flat, vlan([])], agent)));
                return { tap: [...pathOf(drawing, 'a/tapbbbbbbbb-bb')], nic: [...pathOf(drawing, 'a/eth2')] };""");
        assertThat(lit.path("tap").toString())
                .contains("\"a/brq22222222-22\"", "\"a/eth2.200\"", "\"a/eth2\"", "\"rail physical physnet2\"")
                .contains("\"b/brq22222222-22\"", "\"b/eth2.200\"")
                .doesNotContain("brq11111111-11", "b/tap");
        assertThat(lit.path("nic").toString()).contains("a/tapaaaaaaaa-aa", "a/tapbbbbbbbb-bb");
    }

    @Test
    void isNarrowedByWhatDevicesAreAndByWhatTheApiFound() {
        var narrowed = answer("""
                const all = [['a', FLAT], ['a', VLAN], ['b', VLAN]].map(([host, network_id]) => ({ id: host + network_id, host, network_id, differences: [] }));
                const details = (id) => ({ ...(id.endsWith(FLAT) ? flat : vlan([])), id });
                const by = (focus, ports = []) => {
                  const { hosts, networks } = narrow({ all, details, networks: (id) => look(id).name, focus, ports });
                  return `${hosts.map((one) => one.host)} ${networks === null ? 'all' : [...networks].map((id) => look(id).name)}`;
                };
                return [by({}), by({ host: 'b' }), by({ find: 'TAPAAAA' }), by({ find: '192.168.100.2' }), by({ find: 'vlan' }),
                  by({ find: 'web' }, [{ id: 'x', host: 'b', network_id: VLAN }]), by({ port: 'aaaaaaaa-aaaa' }, [{ id: 'aaaaaaaa-aaaa' }]), by({ find: 'nothing' })];""");
        assertThat(narrowed.toString())
                .isEqualTo("[\"a,b all\",\"b all\",\"a flat\",\"a flat\",\"a,b vlan\",\"b vlan\",\"a flat\",\" all\"]");
    }

    @Test
    void wordsKeepToTheirBoxes() {
        var words = answer("""
                return [text.fit('qdhcp-11111111-1111-4111-8111-111111111111', 100, 12, true), text.fit('short', 100, 12),
                  text.wrap('a sentence of some words', 60, 12).length, text.wrap('x'.repeat(400), 60, 12).every((line) => text.widthOf(line, 12) <= 80)];""");
        assertThat(words.get(0).asString()).startsWith("qdhcp-").endsWith("…").hasSizeLessThan(16);
        assertThat(words.get(1).asString()).isEqualTo("short");
        assertThat(words.get(2).asInt()).isGreaterThan(1);
        assertThat(words.get(3).asBoolean()).isTrue();
    }
}
