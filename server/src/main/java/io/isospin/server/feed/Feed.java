package io.isospin.server.feed;

import static io.isospin.core.schema.Catalogue.AGENT;
import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.core.schema.Catalogue.SUBNET;
import static io.isospin.core.schema.Segmentation.PORT_BINDING;

import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.Unit;
import io.isospin.core.schema.Resource;
import io.isospin.server.follow.LogFollower;
import io.isospin.server.store.Store;
import io.isospin.server.store.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Follows the change log and tells each subscribed host what has become different for it. Nothing of the cloud is kept
 * here: a change is looked up when it comes, and only for hosts that listen.
 */
public final class Feed implements AutoCloseable {
    private static final int BATCH = 1000;
    /** An agent that has missed more than this is given everything anew. */
    private static final int MOST_RESUMED = 10_000;
    /** What hosts are made of; what they report themselves, above all, is nothing to tell them. */
    private static final Set<Resource> TOLD = Set.of(AGENT, NETWORK, SUBNET, PORT, PORT_BINDING);
    /** How long hosts hear nothing where there is nothing for them; to an agent, 15 seconds of silence are the end. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final LogFollower follower;
    private final boolean servesDisabled;
    private Hosts hosts;
    /** Whether {@code hosts} may be of an earlier time, as nothing is read while nobody listens. */
    private boolean stale;

    private volatile long cursor;
    /** When all were told how far the log is. */
    private long toldAt = System.nanoTime();

    /** {@code servesDisabled}: whether a DHCP agent that is administratively down serves all the same. */
    public Feed(Store store, boolean servesDisabled) {
        this.store = store;
        this.servesDisabled = servesDisabled;
        this.cursor = store.read(View::revision);
        this.hosts = store.read(view -> Hosts.of(view, servesDisabled));
        this.follower = new LogFollower("the feed to the agents", store, lock, () -> cursor, this::advance);
        follower.start();
    }

    /** Subscribes a host that has everything up to {@code revision} of the store named {@code of}. */
    public Subscriber subscribe(String host, String of, long revision) {
        var subscriber = new Subscriber(host);
        lock.lock();
        try {
            subscriber.send(store.read(view -> {
                if (stale) {
                    hosts = Hosts.of(view, servesDisabled);
                    stale = false;
                }
                subscriber.startFrom(view.revision());
                subscriber.networks().addAll(view.networks(host));
                var messages = of.equals(store.id()) ? missed(view, host, revision) : image(view, host);
                messages.add(new FeedMessage.At(store.id(), subscriber.from()));
                return messages;
            }));
            subscribers.add(subscriber);
        } finally {
            lock.unlock();
        }
        return subscriber;
    }

    public void unsubscribe(Subscriber subscriber) {
        lock.lock();
        try {
            subscribers.remove(subscriber);
        } finally {
            lock.unlock();
        }
    }

    private List<FeedMessage> image(View view, String host) {
        var units = new ArrayList<Unit>();
        for (var network : view.networks(host)) {
            NetworkSlice.of(view, network, hosts).ifPresent(slice -> units.addAll(Compiler.units(slice, host)));
        }
        var messages = new ArrayList<FeedMessage>();
        messages.add(new FeedMessage.Image(units));
        return messages;
    }

    private List<FeedMessage> missed(View view, String host, long revision) {
        var changes = view.changes(revision, TOLD, MOST_RESUMED);
        boolean tooMany = changes.size() == MOST_RESUMED || revision > view.revision() || revision + 1 < view.oldest();
        if (tooMany || changes.stream().anyMatch(change -> change.resource().equals(AGENT))) {
            return image(view, host);
        }
        var touched = new LinkedHashSet<String>();
        changes.forEach(change -> touched.addAll(Touched.networks(view, change)));
        var teller = new Teller(view, hosts);
        var messages = new ArrayList<FeedMessage>();
        touched.forEach(network -> messages.add(teller.whole(network, host)));
        return messages;
    }

    private void advance(long known) {
        if (subscribers.isEmpty()) {
            stale |= known > cursor;
            cursor = Math.max(cursor, known);
            return;
        }
        store.read(view -> {
            var changes = view.changes(cursor, TOLD, BATCH);
            long revision = changes.size() == BATCH ? changes.getLast().revision() : Math.max(cursor, view.revision());
            if (changes.isEmpty() && System.nanoTime() - toldAt < SILENCE.toNanos()) {
                cursor = revision;
                return revision;
            }
            if (changes.stream().anyMatch(change -> change.resource().equals(AGENT))) {
                hosts = Hosts.of(view, servesDisabled);
            }
            var teller = new Teller(view, hosts);
            for (var subscriber : subscribers) {
                var messages = new ArrayList<>(teller.news(subscriber, changes));
                messages.add(new FeedMessage.At(store.id(), Math.max(revision, subscriber.from())));
                subscriber.send(messages);
            }
            cursor = revision;
            toldAt = System.nanoTime();
            return revision;
        });
    }

    @Override
    public void close() {
        follower.close();
        lock.lock();
        try {
            subscribers.forEach(Subscriber::end);
        } finally {
            lock.unlock();
        }
    }
}
