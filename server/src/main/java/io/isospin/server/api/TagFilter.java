package io.isospin.server.api;

import io.isospin.server.store.Query.Condition;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The filters by tags: each value is a comma list, and a key given several times adds to it. */
final class TagFilter {
    static final Set<String> KEYS = Set.of("tags", "tags-any", "not-tags", "not-tags-any");

    private TagFilter() {}

    static Condition condition(String key, List<String> values) {
        var tags = values.stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .distinct()
                .toList();
        return new Condition.Tagged(tags, !key.endsWith("-any"), key.startsWith("not-"));
    }
}
