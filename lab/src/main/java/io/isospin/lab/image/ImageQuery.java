package io.isospin.lab.image;

import io.isospin.lab.http.Call;
import io.isospin.lab.http.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a list of images asks for: which, in what order, and how many. */
final class ImageQuery {
    private static final int MOST = 1000;
    private static final int USUAL = 25;
    private static final Set<String> STEERING =
            Set.of("limit", "marker", "sort", "sort_key", "sort_dir", "member_status", "tag");
    private static final List<String> SORT_KEYS = List.of(
            "status",
            "name",
            "container_format",
            "disk_format",
            "size",
            "id",
            "created_at",
            "updated_at",
            "min_disk",
            "min_ram");

    private final Call call;

    ImageQuery(Call call) {
        this.call = call;
    }

    /** One page, as shown, of those that fit. */
    List<ObjectNode> page(List<Image> visible) {
        var fitting = visible.stream()
                .filter(image -> image.tags().containsAll(call.query().getOrDefault("tag", List.of())))
                .map(ImageView::of)
                .filter(this::fits)
                .sorted(order())
                .toList();
        int from =
                call.parameter("marker").map(marker -> after(fitting, marker)).orElse(0);
        return fitting.subList(from, Math.min(fitting.size(), from + limit()));
    }

    int limit() {
        String text = call.parameter("limit").orElse(Integer.toString(USUAL));
        if (!text.matches("-?\\d{1,9}")) {
            throw Refusal.badRequest("limit param must be an integer");
        }
        int limit = Integer.parseInt(text);
        if (limit < 0) {
            throw Refusal.badRequest("limit param must be positive");
        }
        return Math.min(limit, MOST);
    }

    private static int after(List<ObjectNode> images, String marker) {
        for (int i = 0; i < images.size(); i++) {
            if (images.get(i).path("id").asString().equals(marker)) {
                return i + 1;
            }
        }
        throw Refusal.badRequest("Invalid marker. Image could not be found.");
    }

    private boolean fits(ObjectNode image) {
        return call.query().entrySet().stream()
                        .filter(entry -> !STEERING.contains(entry.getKey()))
                        .allMatch(entry -> fits(image, entry))
                // Hidden ones only where they are asked for.
                && (call.query().containsKey("os_hidden")
                        || !image.path("os_hidden").asBoolean(false));
    }

    private static boolean fits(ObjectNode image, Map.Entry<String, List<String>> filter) {
        String name = filter.getKey();
        String wanted = filter.getValue().getFirst();
        return switch (name) {
            case "size_min" -> image.path("size").asLong(-1) >= number(name, wanted);
            case "size_max" -> image.path("size").asLong(Long.MAX_VALUE) <= number(name, wanted);
            case "visibility" ->
                wanted.equals("all") || image.path(name).asString("").equals(wanted);
            case "protected", "os_hidden" ->
                image.path(name).asBoolean(false)
                        == wanted.toLowerCase(Locale.ROOT).equals("true");
            default -> {
                String value = image.path(name).asString("");
                yield wanted.startsWith("in:")
                        ? List.of(wanted.substring(3).split(",")).contains(value)
                        : value.equals(wanted);
            }
        };
    }

    private static long number(String name, String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Refusal.badRequest("Invalid value of " + name + " specified.");
        }
        return Long.parseLong(text);
    }

    /** As {@code sort=name:asc,size:desc} or {@code sort_key} with {@code sort_dir}; newest first where nobody asks. */
    private Comparator<ObjectNode> order() {
        var keys = new ArrayList<String>();
        call.parameter("sort").ifPresent(sort -> keys.addAll(List.of(sort.split(","))));
        var directions = call.query().getOrDefault("sort_dir", List.of());
        var named = call.query().getOrDefault("sort_key", List.of());
        for (int i = 0; i < named.size(); i++) {
            keys.add(named.get(i) + ":"
                    + (directions.isEmpty() ? "desc" : directions.get(Math.min(i, directions.size() - 1))));
        }
        if (keys.isEmpty()) {
            keys.add("created_at:" + (directions.isEmpty() ? "desc" : directions.getFirst()));
        }
        // What is alike in all of them comes in the order of ids, so that pages follow each other.
        Comparator<ObjectNode> ids =
                Comparator.comparing(image -> image.path("id").asString());
        return keys.stream()
                .map(ImageQuery::order)
                .reduce(Comparator::thenComparing)
                .orElse(ids)
                .thenComparing(ids);
    }

    private static Comparator<ObjectNode> order(String key) {
        String[] parts = key.split(":");
        if (!SORT_KEYS.contains(parts[0])) {
            throw Refusal.badRequest("Invalid sort key: " + parts[0] + ". It must be one of the following: "
                    + String.join(", ", SORT_KEYS) + ".");
        }
        String direction = parts.length > 1 ? parts[1] : "desc";
        if (!direction.equals("asc") && !direction.equals("desc")) {
            throw Refusal.badRequest(
                    "Invalid sort direction: " + direction + ". It must be one of the following: asc, desc.");
        }
        Comparator<ObjectNode> ascending = Comparator.<ObjectNode>comparingLong(image ->
                        image.path(parts[0]).isNumber() ? image.path(parts[0]).asLong() : 0)
                .thenComparing(image -> image.path(parts[0]).asString(""));
        return direction.equals("asc") ? ascending : ascending.reversed();
    }
}
