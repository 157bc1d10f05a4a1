package io.isospin.server.port;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpRange;
import io.isospin.server.port.Addresses.Fixed;
import io.isospin.server.store.ItemRange;
import io.isospin.server.store.View;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first free address of each subnet, for one decision: what it has given away, or is told of, is taken. */
public final class FirstFree {
    private static final int RANGES = 16;
    /** More than one decision ever takes of the first free addresses. */
    private static final int MOST_TAKEN = 4096;

    private final View view;
    private final Map<String, List<ItemRange>> offered = new HashMap<>();
    private final Set<Fixed> taken = new HashSet<>();

    public FirstFree(View view) {
        this.view = view;
    }

    /** A subnet that is made in the same decision: its pools are not yet in the store. */
    public FirstFree withNew(String subnet, List<IpRange> pools) {
        offered.put(subnet, pools.stream().map(ItemRange::of).toList());
        return this;
    }

    FirstFree without(List<Fixed> others) {
        taken.addAll(others);
        return this;
    }

    Optional<Fixed> next(String subnet) {
        for (var range : offered.computeIfAbsent(subnet, id -> view.free(id, RANGES))) {
            long size = range.size(MOST_TAKEN);
            for (long i = 0; i < size; i++) {
                var fixed = new Fixed(subnet, IpAddress.ofSortKey(ItemRange.plus(range.first(), i)));
                if (taken.add(fixed)) {
                    return Optional.of(fixed);
                }
            }
        }
        return Optional.empty();
    }
}
