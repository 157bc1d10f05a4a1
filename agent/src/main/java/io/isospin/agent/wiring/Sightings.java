package io.isospin.agent.wiring;

import io.isospin.agent.l2.L2Turn;
import io.isospin.core.host.HostWiring.Part;
import io.isospin.core.net.ResourceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the agent's parts have seen last, each of its own. Nothing is made of it until someone asks: while much happens,
 * only the latest counts. Safe for use by several threads.
 */
public final class Sightings {
    /** What there is to see before a host can be told of as a whole. */
    public record Expected(boolean root, Set<ResourceId> inside, Set<ResourceId> metadata) {}

    private final String host;
    private final Supplier<Optional<Expected>> expected;
    private final Map<ResourceId, Inside> inside = new HashMap<>();
    private final Map<ResourceId, String> metadata = new HashMap<>();
    private Runnable changed = () -> {};
    private @Nullable L2Turn root;
    private boolean complete;

    /** @param expected empty until a server has confirmed what the host is to contain */
    public Sightings(String host, Supplier<Optional<Expected>> expected) {
        this.host = host;
        this.expected = expected;
    }

    /** {@code listener} hears that there may be news; it must not block. */
    public synchronized void onChange(Runnable listener) {
        changed = listener;
    }

    public void root(L2Turn turn) {
        synchronized (this) {
            root = turn;
        }
        tell();
    }

    public void inside(ResourceId network, Inside seen) {
        synchronized (this) {
            inside.put(network, seen);
        }
        tell();
    }

    /** The network has no namespace here. */
    public void nothingInside(ResourceId network) {
        synchronized (this) {
            inside.remove(network);
        }
        tell();
    }

    /** @param trouble why metadata is not served to the network; empty where it is */
    public void metadata(ResourceId network, String trouble) {
        synchronized (this) {
            metadata.put(network, trouble);
        }
        tell();
    }

    public void noMetadata(ResourceId network) {
        synchronized (this) {
            metadata.remove(network);
        }
        tell();
    }

    /** What there is to see may be other than before: it may have been seen already. */
    public void expectationsChanged() {
        tell();
    }

    private void tell() {
        Runnable listener;
        synchronized (this) {
            listener = changed;
        }
        listener.run();
    }

    /**
     * The host's devices by network; nothing until all that is expected has been seen once, so that what an agent finds
     * when it starts is not told bit by bit.
     */
    public Optional<Map<Optional<ResourceId>, Part>> parts() {
        L2Turn turn;
        Map<ResourceId, Inside> namespaces;
        Map<ResourceId, String> served;
        synchronized (this) {
            complete = complete || expected.get().filter(this::seen).isPresent();
            if (!complete) {
                return Optional.empty();
            }
            turn = root;
            namespaces = Map.copyOf(inside);
            served = Map.copyOf(metadata);
        }
        return Optional.of(Parts.of(turn, host, namespaces, served));
    }

    private boolean seen(Expected all) {
        return (!all.root() || (root != null && root.confirmed()))
                && inside.keySet().containsAll(all.inside())
                && metadata.keySet().containsAll(all.metadata());
    }
}
