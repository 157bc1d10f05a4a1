package io.isospin.lab.compute;

import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.http.Call;
import io.isospin.lab.http.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which servers a list asks for, in which order, and which part of them. */
record ServerQuery(Predicate<Instance> filter, Comparator<Instance> order, int limit, Optional<String> marker) {
    private static final int MOST = 1000;

    /** A part of the list; {@code more} tells whether another follows. */
    record Page(List<Instance> items, boolean more) {
        /** Where the next part is. */
        Optional<String> next(Call call) {
            if (!more) {
                return Optional.empty();
            }
            var parts = new ArrayList<String>();
            call.query().forEach((name, values) -> {
                if (!name.equals("marker")) {
                    values.forEach(value -> parts.add(encode(name) + "=" + encode(value)));
                }
            });
            parts.add("marker=" + items.getLast().id());
            return Optional.of(call.origin() + call.path() + "?" + String.join("&", parts));
        }
    }

    static ServerQuery read(Asked asked) {
        var call = asked.call();
        boolean all = call.flag("all_tenants") || call.flag("all_projects");
        if (all) {
            asked.requireAdmin("servers:index:get_all_tenants");
        }
        String project = asked.caller().projectId();
        Predicate<Instance> filter = i -> all || i.projectId().equals(project);
        for (var entry : call.query().entrySet()) {
            for (var value : entry.getValue()) {
                filter = filter.and(filter(entry.getKey(), value, asked.caller().admin()));
            }
        }
        return new ServerQuery(filter, order(call), limit(call), call.parameter("marker"));
    }

    Page select(List<Instance> instances) {
        var wanted = instances.stream().filter(filter).sorted(order).toList();
        int from = marker.map(id -> after(wanted, id)).orElse(0);
        int to = (int) Math.min(wanted.size(), (long) from + limit);
        return new Page(wanted.subList(from, to), to < wanted.size() && to > from);
    }

    private static int after(List<Instance> instances, String id) {
        for (int i = 0; i < instances.size(); i++) {
            if (instances.get(i).id().value().equals(id)) {
                return i + 1;
            }
        }
        throw Refusal.badRequest("marker [" + id + "] not found");
    }

    private static Predicate<Instance> filter(String key, String value, boolean admin) {
        return switch (key) {
            case "name" -> {
                var pattern = pattern(value);
                yield i -> pattern.matcher(i.name()).find();
            }
            case "status" -> i -> i.status().equals(value.toUpperCase(Locale.ROOT));
            case "vm_state" -> i -> i.state().vmState().equals(value);
            case "tags" -> i -> i.label().tags().containsAll(List.of(value.split(",")));
            case "tags-any" -> i -> !Collections.disjoint(i.label().tags(), List.of(value.split(",")));
            case "not-tags" -> i -> !i.label().tags().containsAll(List.of(value.split(",")));
            case "not-tags-any" -> i -> Collections.disjoint(i.label().tags(), List.of(value.split(",")));
            case "locked" -> i -> i.label().lock().isPresent() == value.equalsIgnoreCase("true");
            case "key_name" ->
                i -> i.order().key().map(k -> k.name().equals(value)).orElse(false);
            case "description" ->
                i -> i.label().description().map(value::equals).orElse(false);
            case "uuid" -> i -> i.id().value().equals(value);
            case "flavor" -> i -> i.flavor().id().equals(value);
            case "image" -> i -> i.image().equals(value);
            case "user_id" -> i -> i.userId().equals(value);
            case "project_id", "tenant_id" -> admin ? i -> i.projectId().equals(value) : i -> true;
            case "host" -> admin ? i -> i.host().equals(value) : i -> true;
            case "availability_zone" -> i -> value.equals(i.zone());
            case "reservation_id" -> i -> i.reservation().equals(value);
            case "ip", "ip6" -> {
                var pattern = pattern(value);
                yield i -> i.vifs().stream()
                        .flatMap(vif -> vif.addresses().stream())
                        .anyMatch(address -> pattern.matcher(address.toString()).find());
            }
            case "deleted" -> i -> !value.equalsIgnoreCase("true");
            default -> i -> true;
        };
    }

    private static Pattern pattern(String value) {
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw Refusal.badRequest(
                    "Invalid filter '" + value + "': it is a regular expression. " + e.getDescription());
        }
    }

    private static Comparator<Instance> order(Call call) {
        String key = call.parameter("sort_key").orElse("created_at");
        Comparator<Instance> byKey = switch (key) {
            case "display_name" -> Comparator.comparing(Instance::name);
            case "uuid" -> Comparator.comparing(Instance::id);
            case "host" -> Comparator.comparing(Instance::host);
            case "vm_state" -> Comparator.comparing(Instance::state);
            case "updated_at" -> Comparator.comparing(Instance::updated);
            default -> Comparator.comparing(Instance::created);
        };
        var order = byKey.thenComparingInt(Instance::number);
        return call.parameter("sort_dir").orElse("desc").equals("asc") ? order : order.reversed();
    }

    private static int limit(Call call) {
        String text = call.parameter("limit").orElse(Integer.toString(MOST));
        if (!text.matches("\\d{1,9}")) {
            throw Refusal.badRequest("Invalid input for query parameters limit. Value: " + text + ". '" + text
                    + "' does not match '^[0-9]*$'");
        }
        int limit = Integer.parseInt(text);
        return limit == 0 ? MOST : Math.min(limit, MOST);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
