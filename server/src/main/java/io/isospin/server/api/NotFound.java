package io.isospin.server.api;

import io.isospin.core.schema.Resource;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HTTP 404: there is no such thing, or none that the caller may see. */
public final class NotFound extends ApiError {
    public NotFound(String type, String message) {
        super(404, type, message);
    }

    public static NotFound of(Resource resource, String id) {
        var words = words(resource);
        String type = Stream.of(words.split(" ")).map(NotFound::capital).collect(Collectors.joining());
        return new NotFound(type + "NotFound", capital(words) + " " + id + " could not be found.");
    }

    private static String words(Resource resource) {
        return resource.member().equals("subnetpool")
                ? "subnet pool"
                : resource.member().replace('_', ' ');
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    public static NotFound page() {
        return new NotFound("HTTPNotFound", "The resource could not be found.");
    }
}
