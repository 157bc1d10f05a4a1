package io.isospin.server.api;

import io.isospin.core.schema.Resource;

/** HTTP 404: there is no such thing, or none that the caller may see. */
public final class NotFound extends ApiError {
    public NotFound(String type, String message) {
        super(404, type, message);
    }

    public static NotFound of(Resource resource, String id) {
        String name = Character.toUpperCase(resource.member().charAt(0))
                + resource.member().substring(1);
        return new NotFound(name + "NotFound", name + " " + id + " could not be found.");
    }

    public static NotFound page() {
        return new NotFound("HTTPNotFound", "The resource could not be found.");
    }
}
