package io.isospin.server.api;

import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.Resource;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HTTP 404: there is no such thing, or none that the caller may see. */
public final class NotFound extends ApiError {
    public NotFound(String type, String message) {
        super(404, type, message);
    }

    public static NotFound of(Resource resource, String id) {
        if (resource.equals(Catalogue.RBAC_POLICY)) {
            return new NotFound("RbacPolicyNotFound", "RBAC policy of type unknown with ID " + id + " not found");
        }
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

    /** What policy hides from a caller who names it: Neutron answers without the name of an error. */
    public static NotFound hidden() {
        return new NotFound("", "The resource could not be found.");
    }

    public static NotFound page() {
        return new NotFound("HTTPNotFound", "The resource could not be found.");
    }
}
