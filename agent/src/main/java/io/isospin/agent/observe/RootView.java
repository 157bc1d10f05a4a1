package io.isospin.agent.observe;

import io.isospin.core.net.InterfaceName;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.NetworkNamespace.Result;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Operation;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A namespace as last seen. A few links that changed are read by name; anything more is read whole. For one thread.
 */
public final class RootView {
    /** From about here on, one dump of everything is cheaper than asking link by link. */
    private static final int FEW = 32;

    private final NetworkNamespace namespace;
    private Observed observed;

    public RootView(NetworkNamespace namespace) {
        this.namespace = namespace;
        this.observed = namespace.observe();
    }

    public Observed observed() {
        return observed;
    }

    public void readAll() {
        observed = namespace.observe();
    }

    public void read(Collection<InterfaceName> changed) {
        if (changed.size() > FEW) {
            readAll();
            return;
        }
        if (changed.isEmpty()) {
            return;
        }
        var links = new LinkedHashMap<>(observed.links());
        for (InterfaceName name : changed) {
            Link before = links.get(name);
            Link now = namespace.link(name).orElse(null);
            if (now == null ? before != null && carriesMore(before) : isNewDevice(before, now)) {
                // Addresses, routes or forwarding entries have come or gone with it.
                readAll();
                return;
            }
            if (now == null) {
                links.remove(name);
            } else {
                links.put(name, now);
            }
        }
        observed = with(links);
    }

    /** Reads again what operations have touched. */
    public void applied(List<Result> results) {
        Set<InterfaceName> touched = new HashSet<>();
        for (Result result : results) {
            switch (result.operation()) {
                case Operation.SetMaster o -> touched.add(o.name());
                case Operation.SetUp o -> touched.add(o.name());
                case Operation.SetMtu o -> touched.add(o.name());
                default -> {
                    readAll();
                    return;
                }
            }
        }
        read(touched);
    }

    private static boolean carriesMore(Link link) {
        return !(link.kind() instanceof Link.Kind.Other);
    }

    private static boolean isNewDevice(@Nullable Link before, Link now) {
        boolean same = before != null && before.index() == now.index();
        return !same && carriesMore(now) && !(now.kind() instanceof Link.Kind.Veth);
    }

    private Observed with(Map<InterfaceName, Link> links) {
        return new Observed(
                Collections.unmodifiableMap(links),
                observed.addresses(),
                observed.routes(),
                observed.fdb(),
                observed.neighbours(),
                observed.taggedPairs());
    }
}
