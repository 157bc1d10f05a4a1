package io.isospin.agent.reconcile;

import io.isospin.core.net.InterfaceName;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** What happened since a reconciler looked last. However much comes while it works, it is taken as one. */
public final class Signals {
    /**
     * @param links devices that changed
     * @param everything whether all must be looked at again
     */
    public record Batch(Set<InterfaceName> links, boolean everything) {}

    private Set<InterfaceName> links = new HashSet<>();
    private boolean everything;
    private boolean any;

    public synchronized void link(InterfaceName name) {
        links.add(name);
        wake();
    }

    /** What is wanted has changed; what is there has not. */
    public synchronized void wanted() {
        wake();
    }

    public synchronized void everything() {
        everything = true;
        wake();
    }

    private void wake() {
        any = true;
        notifyAll();
    }

    /** Waits for something, or until {@code limit} has passed. */
    synchronized Batch take(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!any) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        var batch = new Batch(links, everything);
        links = new HashSet<>();
        everything = false;
        any = false;
        return batch;
    }
}
