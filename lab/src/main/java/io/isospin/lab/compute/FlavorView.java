package io.isospin.lab.compute;

import io.isospin.lab.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** How flavors look in JSON. */
record FlavorView(Microversion version, Links links) {

    ObjectNode brief(Flavor flavor) {
        var node = Json.object().put("id", flavor.id()).put("name", flavor.name());
        if (version.from(55)) {
            node.put("description", flavor.description().orElse(null));
        }
        node.set("links", links.of("flavors", flavor.id()));
        return node;
    }

    ObjectNode full(Flavor flavor) {
        var node = brief(flavor)
                .put("ram", flavor.ram())
                .put("disk", flavor.disk())
                .put("vcpus", flavor.vcpus())
                .put("OS-FLV-EXT-DATA:ephemeral", flavor.ephemeral())
                .put("OS-FLV-DISABLED:disabled", false)
                .put("os-flavor-access:is_public", flavor.isPublic())
                .put("rxtx_factor", flavor.rxtxFactor());
        swap(node, flavor.swap());
        if (version.from(61)) {
            node.set("extra_specs", Json.map(flavor.extraSpecs()));
        }
        return node;
    }

    /** As it stands inside a server: by reference, or copied from 2.47 on. */
    ObjectNode inServer(Flavor flavor) {
        if (!version.from(47)) {
            var node = Json.object().put("id", flavor.id());
            node.set("links", links.onlyBookmark("flavors", flavor.id()));
            return node;
        }
        var node = Json.object()
                .put("original_name", flavor.name())
                .put("ram", flavor.ram())
                .put("disk", flavor.disk())
                .put("vcpus", flavor.vcpus())
                .put("ephemeral", flavor.ephemeral())
                .put("swap", flavor.swap());
        node.set("extra_specs", Json.map(flavor.extraSpecs()));
        return node;
    }

    // An empty text used to mean none; a number from 2.75 on.
    private void swap(ObjectNode node, int swap) {
        if (swap == 0 && !version.from(75)) {
            node.put("swap", "");
        } else {
            node.put("swap", swap);
        }
    }
}
