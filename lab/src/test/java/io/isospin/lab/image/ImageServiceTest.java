package io.isospin.lab.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.lab.Cloud;
import io.isospin.lab.compute.VifPlugging;
import io.isospin.lab.shelf.FileShelf;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ImageServiceTest {
    private static final String PATCH = "application/openstack-images-v2.1-json-patch";
    private static final String BYTES = "application/octet-stream";

    @TempDir
    private Path directory;

    private Cloud cloud;

    @BeforeEach
    void open() {
        cloud = new Cloud(new VifPlugging(Duration.ofSeconds(1), true), new FileShelf(directory));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void an_image_is_made_filled_read_changed_and_deleted() throws Exception {
        var made = created(
                "demo",
                "{\"name\":\"tiny\",\"disk_format\":\"raw\",\"container_format\":\"bare\","
                        + "\"tags\":[\"small\"],\"os_distro\":\"none\"}");
        String path = "/v2/images/" + made.path("id").asString();
        assertThat(made.path("status").asString()).isEqualTo("queued");
        assertThat(made.path("visibility").asString()).isEqualTo("shared");
        assertThat(made.path("size").isNull()).isTrue();
        assertThat(asked("demo", "GET", path + "/file", "", "").statusCode()).isEqualTo(204);
        assertThat(asked("demo", "PUT", path + "/file", "{}", "application/json")
                        .statusCode())
                .isEqualTo(415);

        assertThat(asked("demo", "PUT", path + "/file", "0123456789", BYTES).statusCode())
                .isEqualTo(204);
        var active = Cloud.json(asked("demo", "GET", path, "", ""));
        assertThat(active.path("status").asString()).isEqualTo("active");
        assertThat(active.path("size").asInt()).isEqualTo(10);
        assertThat(active.path("checksum").asString()).isEqualTo("781e5e245d69b566979b86e28d23f2c7");
        assertThat(active.path("os_distro").asString()).isEqualTo("none");
        assertThat(asked("demo", "GET", path + "/file", "", "").body()).isEqualTo("0123456789");
        refused(asked("demo", "PUT", path + "/file", "x", BYTES), 409, "transition from active to saving");

        var patched = asked(
                "demo",
                "PATCH",
                path,
                "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"less\"},"
                        + "{\"op\":\"add\",\"path\":\"/isospin:driver\",\"value\":\"qemu\"},"
                        + "{\"op\":\"remove\",\"path\":\"/os_distro\"},"
                        + "{\"op\":\"replace\",\"path\":\"/protected\",\"value\":true}]",
                PATCH);
        assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
        assertThat(Cloud.json(patched).path("isospin:driver").asString()).isEqualTo("qemu");
        assertThat(Cloud.json(patched).has("os_distro")).isFalse();
        refused(asked("demo", "DELETE", path, "", ""), 403, "is protected and cannot be deleted.");
        patch(path, "[{\"op\":\"replace\",\"path\":\"/protected\",\"value\":false}]");
        assertThat(asked("demo", "DELETE", path, "", "").statusCode()).isEqualTo(204);
        assertThat(asked("demo", "GET", path, "", "").statusCode()).isEqualTo(404);
    }

    @Test
    void lists_are_filtered_ordered_and_paged() throws Exception {
        for (var name : new String[] {"b", "a", "c"}) {
            created("demo", "{\"name\":\"" + name + "\",\"disk_format\":\"qcow2\",\"tags\":[\"" + name + "\"]}");
        }
        assertThat(names("?disk_format=qcow2&sort=name:asc")).isEqualTo("a b c");
        assertThat(names("?sort_key=name&sort_dir=desc&visibility=shared")).isEqualTo("c b a");
        assertThat(names("?tag=b")).isEqualTo("b");
        assertThat(names("?name=in:a,c&sort=name:asc")).isEqualTo("a c");
        assertThat(names("?visibility=public&sort=name:asc")).isEqualTo("cirros cirros-qemu");
        var page = Cloud.json(asked("demo", "GET", "/v2/images?sort=name:asc&limit=2&status=queued", "", ""));
        assertThat(page.path("images")).hasSize(2);
        assertThat(names(page.path("next").asString().replaceFirst("/v2/images", "")))
                .isEqualTo("c");
        refused(asked("demo", "GET", "/v2/images?sort=colour:asc", "", ""), 400, "Invalid sort key: colour");
        refused(asked("demo", "GET", "/v2/images?limit=-1", "", ""), 400, "limit param must be positive");
    }

    @Test
    void who_may_see_and_change_an_image_is_decided_as_glance_decides_it() throws Exception {
        String hers = "/v2/images/"
                + created("admin", "{\"name\":\"hers\"}").path("id").asString();
        assertThat(asked("demo", "GET", hers, "", "").statusCode()).isEqualTo(404);
        String open = "/v2/images/"
                + created("admin", "{\"name\":\"open\",\"visibility\":\"public\"}")
                        .path("id")
                        .asString();
        assertThat(asked("demo", "GET", open, "", "").statusCode()).isEqualTo(200);
        refused(asked("demo", "DELETE", open, "", ""), 403, "You are not authorized to complete delete_image action.");
        refused(
                asked("demo", "POST", "/v2/images", "{\"visibility\":\"public\"}", "application/json"),
                403,
                "You are not authorized to complete publicize_image action.");
        refused(
                asked("demo", "POST", "/v2/images", "{\"status\":\"active\"}", "application/json"),
                403,
                "Attribute 'status' is read-only.");
        refused(
                asked("demo", "POST", "/v2/images", "{\"disk_format\":\"zip\"}", "application/json"),
                400,
                "'zip' is not one of ['ami', 'ari'");
        String own = "/v2/images/" + created("demo", "{}").path("id").asString();
        refused(asked("demo", "PUT", own + "/file", "x", BYTES), 400, "must be set prior to saving data.");
        refused(patched(own, "[{\"op\":\"remove\",\"path\":\"/name\"}]"), 403, "Property name may not be removed.");
        refused(
                patched(own, "[{\"op\":\"replace\",\"path\":\"/x\",\"value\":\"1\"}]"),
                409,
                "Property x does not exist.");
        refused(patched(own, "[{\"op\":\"move\",\"path\":\"/x\"}]"), 400, "Operations must be one of");
        refused(asked("demo", "PATCH", own, "[]", "application/json"), 415, "Unsupported Media Type");
        assertThat(asked("demo", "PUT", own + "/tags/red", "", "").statusCode()).isEqualTo(204);
        assertThat(asked("demo", "DELETE", own + "/tags/red", "", "").statusCode())
                .isEqualTo(204);
        assertThat(asked("demo", "DELETE", own + "/tags/red", "", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void only_what_is_active_boots_and_what_was_uploaded_is_a_machine_unless_it_says_otherwise() throws Exception {
        String id = created("demo", "{\"disk_format\":\"raw\",\"container_format\":\"bare\",\"min_ram\":1}")
                .path("id")
                .asString();
        refused(boot(id), 400, "Image " + id + " is not active.");
        asked("demo", "PUT", "/v2/images/" + id + "/file", "disk", BYTES);
        assertThat(boot(id).statusCode()).isEqualTo(202);
        assertThat(cloud.compute.instances().getFirst().order().imageProperties())
                .containsEntry("isospin:driver", "qemu");
        patch("/v2/images/" + id, "[{\"op\":\"replace\",\"path\":\"/min_ram\",\"value\":1048576}]");
        refused(boot(id), 400, "Flavor's memory is too small for requested image.");
        asked("demo", "POST", "/v2/images/" + id + "/actions/deactivate", "", "");
        refused(boot(id), 400, "is not active.");
        refused(asked("demo", "GET", "/v2/images/" + id + "/file", "", ""), 403, "has been deactivated");
    }

    private HttpResponse<String> boot(String image) throws Exception {
        return cloud.send(
                cloud.computePort,
                "POST",
                "/v2.1/servers",
                "{\"server\":{\"name\":\"x\",\"flavorRef\":\"1\",\"networks\":\"none\",\"imageRef\":\"" + image
                        + "\"}}",
                "X-Auth-Token",
                cloud.token("demo", "demo"),
                "OpenStack-API-Version",
                "compute 2.37");
    }

    private HttpResponse<String> asked(String user, String method, String path, String body, String type)
            throws Exception {
        return cloud.send(
                cloud.imagePort,
                method,
                path,
                body,
                "X-Auth-Token",
                cloud.token(user, user),
                "Content-Type",
                type.isEmpty() ? "application/json" : type);
    }

    private HttpResponse<String> patched(String path, String operations) throws Exception {
        return asked("demo", "PATCH", path, operations, PATCH);
    }

    private void patch(String path, String operations) throws Exception {
        var answer = patched(path, operations);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode created(String user, String body) throws Exception {
        var answer = asked(user, "POST", "/v2/images", body, "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Cloud.json(answer);
    }

    private String names(String query) throws Exception {
        return String.join(
                " ",
                Cloud.json(asked("demo", "GET", "/v2/images" + query, "", ""))
                        .path("images")
                        .valueStream()
                        .map(image -> image.path("name").asString("-"))
                        .toList());
    }

    private static void refused(HttpResponse<String> answer, int status, String why) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(why);
    }
}
