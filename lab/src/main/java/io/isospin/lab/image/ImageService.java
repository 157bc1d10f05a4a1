package io.isospin.lab.image;

import io.isospin.lab.compute.instance.Drivers;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Call;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.http.Routes;
import io.isospin.lab.http.Service;
import io.isospin.lab.identity.Directory;
import io.isospin.lab.identity.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Images over HTTP, reading only. */
public final class ImageService implements Service {
    private static final List<Image> ALL =
            List.of(Image.of("cirros", Map.of()), Image.of("cirros-qemu", Map.of(Drivers.PROPERTY, "qemu")));
    private static final String CREATED = "2026-01-01T00:00:00Z";

    private final Tokens tokens;
    private final Routes routes = new Routes();

    /** {@code properties} are what Glance calls an image's additional properties. */
    private record Image(String id, String name, Map<String, String> properties) {
        static Image of(String name, Map<String, String> properties) {
            return new Image(uuid(Directory.id("image", name)), name, properties);
        }
    }

    public ImageService(Tokens tokens) {
        this.tokens = tokens;
        routes.get("/", call -> versions(call, 300))
                .get("/versions", call -> versions(call, 200))
                .get("/v2/images", this::list)
                .get("/v2/images/{id}", this::show)
                .get("/v2/images/{id}/members", call -> known(call, Json.object("members", Json.array())))
                .get("/v2/schemas/image", call -> known(call, schema()));
    }

    /** What an image says of itself, by its id; empty where there is none. */
    public static Optional<Map<String, String>> properties(String id) {
        return find(id).map(Image::properties);
    }

    private static Optional<Image> find(String id) {
        return ALL.stream().filter(image -> image.id().equals(id)).findFirst();
    }

    @Override
    public Answer answer(Call call) {
        return routes.answer(call).orElseThrow(() -> Refusal.notFound("The resource could not be found."));
    }

    /** As Glance says it: a small page. */
    @Override
    public Answer refused(Call call, Refusal refusal) {
        String title = switch (refusal.status()) {
            case 401 -> "401 Unauthorized";
            case 404 -> "404 Not Found";
            case 405 -> "405 Method Not Allowed";
            default -> refusal.status() + " Error";
        };
        return Answer.text(
                refusal.status(),
                "text/html; charset=UTF-8",
                "<html>\n <head>\n  <title>" + title + "</title>\n </head>\n <body>\n  <h1>" + title + "</h1>\n  "
                        + refusal.message() + "<br /><br />\n\n\n </body>\n</html>");
    }

    private static Answer versions(Call call, int status) {
        var body = Json.object();
        var version = body.putArray("versions").addObject().put("id", "v2.9").put("status", "CURRENT");
        version.putArray("links").addObject().put("rel", "self").put("href", call.origin() + "/v2/");
        return Answer.json(status, body);
    }

    private Answer list(Call call) {
        Optional<String> marker = call.parameter("marker");
        var wanted = ALL.stream()
                .filter(image -> marker.isEmpty()
                        || ALL.indexOf(image)
                                > ALL.stream().map(Image::id).toList().indexOf(marker.get()))
                .filter(image -> matches(call, "name", image.name())
                        && matches(call, "id", image.id())
                        && matches(call, "status", "active")
                        && matches(call, "visibility", "public"))
                .map(ImageService::document)
                .toList();
        var body = Json.object("images", Json.array(wanted))
                .put("schema", "/v2/schemas/images")
                .put("first", "/v2/images");
        return known(call, body);
    }

    // Clients may ask for one of several: "in:a,b".
    private static boolean matches(Call call, String key, String value) {
        Optional<String> asked = call.parameter(key);
        return asked.isEmpty()
                || asked.get().equals(value)
                || (asked.get().startsWith("in:")
                        && List.of(asked.get().substring(3).split(",")).contains(value));
    }

    private Answer show(Call call) {
        String id = call.variable("id");
        authenticate(call);
        return Answer.ok(document(find(id).orElseThrow(
                        () -> Refusal.notFound("No image found with ID " + id.replaceAll("[^\\w-]", "")))));
    }

    private Answer known(Call call, ObjectNode body) {
        authenticate(call);
        return Answer.ok(body);
    }

    private void authenticate(Call call) {
        if (call.header("x-auth-token").flatMap(tokens::find).isEmpty()) {
            throw Refusal.unauthorized();
        }
    }

    private static ObjectNode document(Image image) {
        var node = Json.object()
                .put("id", image.id())
                .put("name", image.name())
                .put("status", "active")
                .put("visibility", "public")
                .put("owner", Directory.id("project", "admin"))
                .put("container_format", "bare")
                .put("disk_format", "raw")
                .put("size", 1)
                .putNull("virtual_size")
                .put("min_disk", 0)
                .put("min_ram", 0)
                .put("protected", true)
                .put("os_hidden", false)
                .put("checksum", "d41d8cd98f00b204e9800998ecf8427e")
                .put("created_at", CREATED)
                .put("updated_at", CREATED)
                .put("self", "/v2/images/" + image.id())
                .put("file", "/v2/images/" + image.id() + "/file")
                .put("schema", "/v2/schemas/image");
        node.putArray("tags");
        image.properties().forEach(node::put);
        return node;
    }

    private static ObjectNode schema() {
        var schema = Json.object().put("name", "image");
        var properties = schema.putObject("properties");
        document(ALL.getFirst())
                .propertyNames()
                .forEach(name -> properties.putObject(name).put("description", name));
        schema.putObject("additionalProperties").put("type", "string");
        return schema;
    }

    private static String uuid(String hex) {
        return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }
}
