package io.isospin.lab.compute;

import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.compute.Instance.Label;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A server's metadata and tags. */
final class LabelsApi {
    private static final int TAGS = 26;

    private final Instances instances;
    private final Quotas quotas;

    LabelsApi(Instances instances, Quotas quotas) {
        this.instances = instances;
        this.quotas = quotas;
    }

    void mount(Mount mount) {
        mount.on("GET", "/servers/{id}/metadata", asked -> metadata(instances.of(asked)));
        mount.on("POST", "/servers/{id}/metadata", asked -> {
            var all = new TreeMap<>(instances.of(asked).label().metadata());
            all.putAll(ServerRequest.metadata(asked.call().json().path("metadata")));
            return metadata(withMetadata(asked, all));
        });
        mount.on(
                "PUT",
                "/servers/{id}/metadata",
                asked -> metadata(withMetadata(
                        asked, ServerRequest.metadata(asked.call().json().path("metadata")))));
        mount.on("GET", "/servers/{id}/metadata/{key}", asked -> item(asked, instances.of(asked)));
        mount.on("PUT", "/servers/{id}/metadata/{key}", this::setItem);
        mount.on("DELETE", "/servers/{id}/metadata/{key}", this::removeItem);
        mount.on("GET", "/servers/{id}/tags", asked -> tags(known(asked, instances.of(asked))));
        mount.on("PUT", "/servers/{id}/tags", asked -> {
            known(asked, instances.of(asked));
            var tags = ServerRequest.tags(asked.call().json().path("tags"));
            return tags(changed(asked, label -> label.tags(tags)));
        });
        mount.on("DELETE", "/servers/{id}/tags", asked -> {
            known(asked, instances.of(asked));
            changed(asked, label -> label.tags(List.of()));
            return Answer.empty(204);
        });
        mount.on("GET", "/servers/{id}/tags/{tag}", asked -> {
            tagged(asked);
            return Answer.empty(204);
        });
        mount.on("PUT", "/servers/{id}/tags/{tag}", this::addTag);
        mount.on("DELETE", "/servers/{id}/tags/{tag}", asked -> {
            String tag = tagged(asked);
            changed(
                    asked,
                    label -> label.tags(label.tags().stream()
                            .filter(other -> !other.equals(tag))
                            .toList()));
            return Answer.empty(204);
        });
    }

    private Instance changed(Asked asked, UnaryOperator<Label> change) {
        var server = instances.unlocked(asked);
        return instances.label(server.id(), change).orElse(server);
    }

    private Instance withMetadata(Asked asked, Map<String, String> all) {
        quotas.requireMetadata(instances.of(asked).projectId(), all);
        return changed(asked, label -> label.metadata(all));
    }

    private static Answer metadata(Instance server) {
        return Answer.ok(Json.object("metadata", Json.map(server.label().metadata())));
    }

    private static Answer item(Asked asked, Instance server) {
        String key = asked.call().variable("key");
        String value = server.label().metadata().get(key);
        if (value == null) {
            throw Refusal.notFound("Metadata item was not found");
        }
        return Answer.ok(Json.object("meta", Json.object().put(key, value)));
    }

    private Answer setItem(Asked asked) {
        String key = asked.call().variable("key");
        var given = ServerRequest.metadata(asked.call().json().path("meta"));
        if (!given.keySet().equals(Set.of(key))) {
            throw Refusal.badRequest("Request body and URI mismatch");
        }
        var all = new TreeMap<>(instances.of(asked).label().metadata());
        all.putAll(given);
        return item(asked, withMetadata(asked, all));
    }

    private Answer removeItem(Asked asked) {
        var server = instances.of(asked);
        item(asked, server);
        var left = new TreeMap<>(server.label().metadata());
        left.remove(asked.call().variable("key"));
        changed(asked, label -> label.metadata(left));
        return Answer.empty(204);
    }

    private static Instance known(Asked asked, Instance server) {
        if (!asked.version().from(TAGS)) {
            throw Refusal.notFound("The resource could not be found.");
        }
        return server;
    }

    private static Answer tags(Instance server) {
        return Answer.ok(Json.object("tags", Json.strings(server.label().tags())));
    }

    private String tagged(Asked asked) {
        var server = known(asked, instances.of(asked));
        String tag = asked.call().variable("tag");
        if (!server.label().tags().contains(tag)) {
            throw Refusal.notFound("Server " + server.id() + " has no tag '" + tag + "'");
        }
        return tag;
    }

    private Answer addTag(Asked asked) {
        var server = known(asked, instances.of(asked));
        String tag = ServerRequest.tag(asked.call().variable("tag"));
        if (server.label().tags().contains(tag)) {
            return Answer.empty(204);
        }
        changed(asked, label -> {
            var tags = new ArrayList<>(label.tags());
            tags.add(tag);
            return label.tags(tags);
        });
        return Answer.empty(201);
    }
}
