package io.isospin.lab.compute.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.MacAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.Flavor;
import io.isospin.lab.compute.Instance;
import io.isospin.lab.compute.Passwords;
import io.isospin.lab.compute.instance.GuestSettings;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Call;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.shelf.Shelf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetadataServiceTest {
    private static final ResourceId ID = new ResourceId("6a3a8c54-1111-4222-8333-000000000001");
    private static final String PROJECT = "0123456789abcdef0123456789abcdef";
    /** Python's hmac.new(b'secret', ID, sha256).hexdigest(). */
    private static final String SIGNATURE = "827ecf04a8c687185f4d4e983fc4783076c0eeea7a8d5f353c32d92046b0e922";

    private static final byte[] USER_DATA = {(byte) 0x1f, (byte) 0x8b, 0, (byte) 0xff, 10};
    private static final GuestSettings SETTINGS = new GuestSettings(
            512,
            1,
            "cirros",
            Map.of(),
            Map.of(),
            Map.of("role", "web"),
            Base64.getEncoder().encodeToString(USER_DATA),
            List.of(new GuestSettings.Key("mykey", "ssh-ed25519 AAAA me")),
            PROJECT,
            "nova",
            false);
    private static final Instance INSTANCE = instance();

    private final MetadataService service = new MetadataService(
            id -> id.equals(ID) ? Optional.of(INSTANCE) : Optional.empty(), new Passwords(Shelf.NONE), "secret");

    private static Instance instance() {
        var vif = new Vif(
                new ResourceId("aaaaaaaa-bbcc-4222-8333-000000000002"),
                new ResourceId("bbbbbbbb-1111-4222-8333-000000000003"),
                "blue",
                new MacAddress(0xfa163e0a0b0cL),
                List.of(IpAddress.parse("2001:db8::9"), IpAddress.parse("192.168.77.9")),
                1450,
                true);
        var now = Instant.parse("2026-01-01T00:00:00Z");
        var order = new Instance.Order(
                PROJECT,
                "user",
                "cirros",
                Map.of(),
                Flavor.ALL.getFirst(),
                Optional.empty(),
                Optional.empty(),
                false,
                "r-12345678",
                2);
        var label = new Instance.Label("Web", "web", Optional.empty(), Map.of(), List.of(), Map.of(), Optional.empty());
        return new Instance(
                ID,
                10,
                order,
                label,
                "compute01",
                "nova",
                Instance.State.ACTIVE,
                Optional.empty(),
                List.of(vif),
                Optional.empty(),
                now,
                now,
                Optional.of(now));
    }

    private static Call call(String path, Map<String, String> headers) {
        return new Call("GET", path, Map.of(), headers, Map.of(), "");
    }

    private static Map<String, String> signed(String id, String project, String signature) {
        return Map.of("x-instance-id", id, "x-tenant-id", project, "x-instance-id-signature", signature);
    }

    private String get(String path) {
        return service.answer(call(path, signed(ID.value(), PROJECT, SIGNATURE)))
                .body();
    }

    private static Optional<Answer> with(String path) {
        return MetadataService.answer(List.of(path.split("/")), INSTANCE, SETTINGS);
    }

    private void refused(Map<String, String> headers, int status, String message) {
        assertThatThrownBy(() -> service.answer(call("/latest/meta-data", headers)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(status);
                    assertThat(refusal.message()).isEqualTo(message);
                });
    }

    @Test
    void ec2_tree_is_printed_as_nova_prints_it() {
        assertThat(get("/")).startsWith("1.0\n2007-01-19\n").endsWith("2009-04-04\nlatest");
        assertThat(get("/latest")).isEqualTo("meta-data/");
        assertThat(get("/2009-04-04/meta-data").lines())
                .contains("instance-id", "placement/", "block-device-mapping/", "local-ipv4")
                .doesNotContain("public-keys/");
        assertThat(get("/2009-04-04/meta-data/instance-id")).isEqualTo("i-0000000a");
        assertThat(get("/2009-04-04/meta-data/local-hostname")).isEqualTo("web.novalocal");
        assertThat(get("/latest/meta-data/local-ipv4")).isEqualTo("192.168.77.9");
        assertThat(get("/latest/meta-data/ami-launch-index")).isEqualTo("2");
        assertThat(get("/latest/meta-data/placement/availability-zone")).isEqualTo("nova");
    }

    @Test
    void keys_and_user_data_are_there_where_the_instance_has_them() {
        assertThat(with("latest")).map(Answer::body).contains("meta-data/\nuser-data");
        assertThat(with("latest/meta-data/public-keys")).map(Answer::body).contains("0=mykey");
        assertThat(with("latest/meta-data/public-keys/0")).map(Answer::body).contains("openssh-key");
        assertThat(with("latest/meta-data/public-keys/0/openssh-key"))
                .map(Answer::body)
                .contains("ssh-ed25519 AAAA me");
        for (var path : List.of("latest/user-data", "openstack/latest/user_data")) {
            var answer = with(path).orElseThrow();
            assertThat(answer.body().getBytes(answer.charset())).isEqualTo(USER_DATA);
        }
        assertThat(with("openstack/latest"))
                .map(Answer::body)
                .hasValueSatisfying(
                        body -> assertThat(body.lines()).contains("meta_data.json", "user_data", "network_data.json"));
        var document = Json.parse(
                with("openstack/2018-08-27/meta_data.json").orElseThrow().body());
        assertThat(document.at("/meta/role").asString()).isEqualTo("web");
        assertThat(document.at("/public_keys/mykey").asString()).isEqualTo("ssh-ed25519 AAAA me");
        assertThat(document.at("/keys/0/type").asString()).isEqualTo("ssh");
    }

    @Test
    void openstack_documents_tell_the_instance_and_its_links() {
        var document = Json.parse(get("/openstack/latest/meta_data.json"));
        assertThat(document.path("uuid").asString()).isEqualTo(ID.value());
        assertThat(document.path("name").asString()).isEqualTo("Web");
        assertThat(document.path("hostname").asString()).isEqualTo("web.novalocal");
        assertThat(document.path("project_id").asString()).isEqualTo(PROJECT);
        assertThat(Base64.getDecoder().decode(document.path("random_seed").asString()))
                .hasSize(512);
        var network = Json.parse(get("/openstack/latest/network_data.json"));
        assertThat(network.at("/links/0/id").asString()).isEqualTo("tapaaaaaaaa-bb");
        assertThat(network.at("/links/0/ethernet_mac_address").asString()).isEqualTo("fa:16:3e:0a:0b:0c");
        assertThat(network.at("/networks/1/type").asString()).isEqualTo("ipv4_dhcp");
        assertThat(get("/openstack/latest/vendor_data.json")).isEqualTo("{}");
        assertThat(get("/openstack").lines()).contains("2018-08-27", "latest");
    }

    @Test
    void what_is_not_there_is_not_found() {
        for (var path : List.of(
                "/latest/user-data",
                "/openstack/latest/user_data",
                "/1999-01-01",
                "/openstack/1999-01-01",
                "/latest/meta-data/nothing",
                "/latest/meta-data/instance-id/more",
                "/openstack/latest/meta_data.json/more")) {
            assertThatThrownBy(() -> get(path))
                    .as(path)
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(404));
        }
    }

    @Test
    void only_networkings_agents_are_believed() {
        refused(Map.of(), 400, "X-Instance-ID header is missing from request.");
        refused(Map.of("x-instance-id", ID.value()), 400, "X-Tenant-ID header is missing from request.");
        refused(
                Map.of("x-instance-id", ID + "," + ID, "x-tenant-id", PROJECT),
                400,
                "Multiple X-Instance-ID headers found within request.");
        refused(Map.of("x-instance-id", ID.value(), "x-tenant-id", PROJECT), 403, "Invalid proxy request signature.");
        refused(signed(ID.value(), PROJECT, "0".repeat(64)), 403, "Invalid proxy request signature.");
        refused(signed(ID.value(), "another", SIGNATURE), 404, "The resource could not be found.");
        var answer = service.refused(call("/", Map.of()), Refusal.forbidden("no"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().getBytes(StandardCharsets.UTF_8)).asString().isEqualTo("no\n");
    }

    @Test
    void a_guest_tells_its_password_once() {
        assertThat(get("/openstack/latest").lines()).contains("password");
        assertThat(get("/openstack/latest/password")).isEmpty();
        var told = new Call(
                "POST",
                "/openstack/latest/password",
                Map.of(),
                signed(ID.value(), PROJECT, SIGNATURE),
                Map.of(),
                "c2VjcmV0");
        assertThat(service.answer(told).status()).isEqualTo(200);
        assertThat(get("/openstack/latest/password")).isEqualTo("c2VjcmV0");
        assertThatThrownBy(() -> service.answer(told))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(409));
        assertThatThrownBy(() -> get("/openstack/2012-08-10/password")).isInstanceOf(Refusal.class);
    }

    @Test
    void a_config_drive_holds_what_the_service_answers() {
        var files = ConfigDrive.files(INSTANCE);
        assertThat(files.keySet())
                .containsExactly(
                        "openstack/latest/meta_data.json",
                        "openstack/latest/network_data.json",
                        "openstack/latest/vendor_data.json");
        var document = Json.parse(text(files, "meta_data.json"));
        assertThat(document.path("uuid").asString()).isEqualTo(ID.value());
        assertThat(document.path("hostname").asString()).isEqualTo("web.novalocal");
        assertThat(text(files, "network_data.json")).isEqualTo(get("/openstack/latest/network_data.json"));
        var order = INSTANCE.order();
        var told = new Instance.Order(
                order.projectId(),
                order.userId(),
                order.image(),
                order.imageProperties(),
                order.flavor(),
                Optional.of(new GuestSettings.Key("mykey", "ssh-ed25519 AAAA me")),
                Optional.of(Base64.getEncoder().encodeToString(USER_DATA)),
                true,
                order.reservation(),
                order.launchIndex());
        var more = ConfigDrive.files(new Instance(
                ID,
                INSTANCE.number(),
                told,
                INSTANCE.label(),
                INSTANCE.host(),
                INSTANCE.zone(),
                INSTANCE.state(),
                INSTANCE.task(),
                INSTANCE.vifs(),
                INSTANCE.fault(),
                INSTANCE.created(),
                INSTANCE.updated(),
                INSTANCE.launched()));
        assertThat(more.get("openstack/latest/user_data")).isEqualTo(USER_DATA);
        assertThat(Json.parse(text(more, "meta_data.json")).at("/keys/0/data").asString())
                .isEqualTo("ssh-ed25519 AAAA me");
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault("openstack/latest/" + name, new byte[0]), StandardCharsets.UTF_8);
    }
}
