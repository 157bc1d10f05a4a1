package io.isospin.lab.image;

import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Call;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.http.Routes;
import io.isospin.lab.http.Service;
import io.isospin.lab.identity.Token;
import io.isospin.lab.identity.Tokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Images over HTTP: Glance's API v2. */
public final class ImageService implements Service {
    private static final String IMAGE = "/v2/images/{id}";

    private final Tokens tokens;
    private final Images images;
    private final Routes routes = new Routes();

    public ImageService(Tokens tokens, Images images) {
        this.tokens = tokens;
        this.images = images;
        routes.get("/", call -> versions(call, 300))
                .get("/versions", call -> versions(call, 200))
                .get("/v2/images", this::list)
                .on("POST", "/v2/images", this::create)
                .get(IMAGE, this::show)
                .on("PATCH", IMAGE, this::patch)
                .on("DELETE", IMAGE, this::delete)
                .on("PUT", IMAGE + "/file", this::upload)
                .get(IMAGE + "/file", this::download)
                .on("POST", IMAGE + "/actions/deactivate", call -> become(call, Image.DEACTIVATED))
                .on("POST", IMAGE + "/actions/reactivate", call -> become(call, Image.ACTIVE))
                .on("PUT", IMAGE + "/tags/{tag}", this::tag)
                .on("DELETE", IMAGE + "/tags/{tag}", this::untag)
                .get(IMAGE + "/members", this::members)
                .get("/v2/schemas/image", call -> known(call, ImageView.schema()));
    }

    @Override
    public Answer answer(Call call) {
        return routes.answer(call).orElseThrow(() -> Refusal.notFound("The resource could not be found."));
    }

    /** As Glance says it: a small page. */
    @Override
    public Answer refused(Call call, Refusal refusal) {
        String title = switch (refusal.status()) {
            case 400 -> "400 Bad Request";
            case 401 -> "401 Unauthorized";
            case 403 -> "403 Forbidden";
            case 404 -> "404 Not Found";
            case 405 -> "405 Method Not Allowed";
            case 409 -> "409 Conflict";
            case 410 -> "410 Gone";
            case 415 -> "415 Unsupported Media Type";
            default -> refusal.status() + " Error";
        };
        return Answer.text(
                refusal.status(),
                "text/html; charset=UTF-8",
                "<html>\n <head>\n  <title>" + title + "</title>\n </head>\n <body>\n  <h1>" + title + "</h1>\n  "
                        + escaped(refusal.message()) + "<br /><br />\n\n\n </body>\n</html>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static Answer versions(Call call, int status) {
        var body = Json.object();
        var version = body.putArray("versions").addObject().put("id", "v2.9").put("status", "CURRENT");
        version.putArray("links").addObject().put("rel", "self").put("href", call.origin() + "/v2/");
        return Answer.json(status, body);
    }

    private Answer list(Call call) {
        var query = new ImageQuery(call);
        var page = query.page(images.visible(caller(call)));
        var body = Json.object("images", Json.array(page))
                .put("schema", "/v2/schemas/images")
                .put("first", "/v2/images" + rest(call, ""));
        if (!page.isEmpty() && page.size() == query.limit()) {
            body.put("next", "/v2/images" + rest(call, page.getLast().path("id").asString()));
        }
        return Answer.ok(body);
    }

    // The same query from another place on.
    private static String rest(Call call, String marker) {
        var parts = new ArrayList<String>();
        call.query().forEach((name, values) -> {
            if (!name.equals("marker")) {
                values.forEach(value -> parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
            }
        });
        if (!marker.isEmpty()) {
            parts.add("marker=" + marker);
        }
        return parts.isEmpty() ? "" : parts.stream().collect(Collectors.joining("&", "?", ""));
    }

    private Answer create(Call call) {
        var caller = caller(call);
        var image =
                images.add(ImageChanges.create(call.json(), caller.projectId(), caller.admin(), images.now()), caller);
        return Answer.json(201, ImageView.of(image)).header("Location", call.origin() + "/v2/images/" + image.id());
    }

    private Answer show(Call call) {
        return Answer.ok(ImageView.of(images.find(call.variable("id"), caller(call))));
    }

    private Answer patch(Call call) {
        var caller = caller(call);
        var image = images.owned(call.variable("id"), caller, "modify_image");
        return Answer.ok(ImageView.of(
                images.update(image, caller, old -> ImageChanges.patch(old, call, caller.admin(), images.now()))));
    }

    private Answer delete(Call call) {
        images.remove(images.owned(call.variable("id"), caller(call), "delete_image"));
        return Answer.empty(204);
    }

    private Answer upload(Call call) {
        var image = images.owned(call.variable("id"), caller(call), "upload_image");
        if (!call.header("content-type").orElse("").startsWith("application/octet-stream")) {
            throw new Refusal(415, "Unsupported Media Type");
        }
        images.upload(image, call.content());
        return Answer.empty(204);
    }

    private Answer download(Call call) {
        var image = images.find(call.variable("id"), caller(call));
        if (image.status().equals(Image.DEACTIVATED)) {
            throw Refusal.forbidden("The requested image has been deactivated. Image data download is forbidden.");
        }
        return image.data()
                .map(data -> Answer.file(images.file(image.id())).header("Content-MD5", data.md5()))
                .orElse(Answer.empty(204));
    }

    private Answer become(Call call, String status) {
        var caller = caller(call);
        var image =
                images.owned(call.variable("id"), caller, status.equals(Image.ACTIVE) ? "reactivate" : "deactivate");
        images.update(image, caller, old -> {
            if (old.data().isEmpty()) {
                throw Refusal.conflict(
                        "Image status transition from " + old.status() + " to " + status + " is not allowed");
            }
            return old.status(status, images.now());
        });
        return Answer.empty(204);
    }

    private Answer tag(Call call) {
        var caller = caller(call);
        String tag = call.variable("tag");
        images.update(images.owned(call.variable("id"), caller, "modify_image"), caller, old -> {
            var tags = new ArrayList<>(old.tags());
            if (!tags.contains(tag)) {
                tags.add(tag);
            }
            return old.tags(tags, images.now());
        });
        return Answer.empty(204);
    }

    private Answer untag(Call call) {
        var caller = caller(call);
        String tag = call.variable("tag");
        images.update(images.owned(call.variable("id"), caller, "modify_image"), caller, old -> {
            var tags = new ArrayList<>(old.tags());
            if (!tags.remove(tag)) {
                throw Refusal.notFound("The resource could not be found.");
            }
            return old.tags(tags, images.now());
        });
        return Answer.empty(204);
    }

    /** Nobody: images are shared by making them public here. */
    private Answer members(Call call) {
        images.find(call.variable("id"), caller(call));
        return Answer.ok(Json.object("members", Json.array()).put("schema", "/v2/schemas/members"));
    }

    private Answer known(Call call, ObjectNode body) {
        caller(call);
        return Answer.ok(body);
    }

    private Token caller(Call call) {
        return call.header("x-auth-token").flatMap(tokens::find).orElseThrow(Refusal::unauthorized);
    }
}
