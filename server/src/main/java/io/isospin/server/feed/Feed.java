package io.isospin.server.feed;

import static io.isospin.core.schema.Catalogue.AGENT;
import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.Unit;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import io.isospin.server.agent.Agents;
import io.isospin.server.port.DhcpPorts;
import io.isospin.server.store.Logged;
import io.isospin.server.store.Store;
import io.isospin.server.store.StoreException;
import io.isospin.server.store.View;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/**
 * Follows the change log and tells each subscribed host what has become different for it. Nothing of the cloud is kept
 * here: a change is looked up when it comes, and only for hosts that listen.
 */
public final class Feed implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Feed.class.getName());
    private static final int BATCH = 1000;
    /** An agent that has missed more than this is given everything anew. */
    private static final int MOST_RESUMED = 10_000;

    private static final Duration BEAT = Duration.ofSeconds(4);

    private final Store store;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final Thread thread;
    private Map<String, IpAddress> vteps = Map.of();
    private long cursor;
    private volatile boolean closed;

    public Feed(Store store) {
        this.store = store;
        this.cursor = store.read(View::revision);
        this.vteps = store.read(Feed::vteps);
        this.thread = Thread.ofVirtual().name("feed").start(this::follow);
    }

    /** Subscribes a host that has everything up to {@code revision} of the store named {@code of}. */
    public Subscriber subscribe(String host, String of, long revision) {
        var subscriber = new Subscriber(host);
        lock.lock();
        try {
            subscriber.send(store.read(view -> {
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
            NetworkSlice.of(view, network, vteps).ifPresent(slice -> units.addAll(Compiler.units(slice, host)));
        }
        var messages = new ArrayList<FeedMessage>();
        messages.add(new FeedMessage.Image(units));
        return messages;
    }

    private List<FeedMessage> missed(View view, String host, long revision) {
        var changes = view.changes(revision, MOST_RESUMED);
        boolean tooMany = changes.size() == MOST_RESUMED || revision > view.revision();
        if (tooMany || changes.stream().anyMatch(change -> change.resource().equals(AGENT))) {
            return image(view, host);
        }
        var touched = new LinkedHashSet<String>();
        changes.forEach(change -> touched.addAll(Touched.networks(view, change)));
        var messages = new ArrayList<FeedMessage>();
        touched.forEach(network -> messages.add(whole(view, network, host)));
        return messages;
    }

    private FeedMessage whole(View view, String network, String host) {
        return new FeedMessage.Network(
                new ResourceId(network),
                NetworkSlice.of(view, network, vteps)
                        .map(slice -> Compiler.units(slice, host))
                        .orElse(List.of()));
    }

    private void follow() {
        while (!closed) {
            try {
                store.awaitChange(cursor, BEAT);
                lock.lock();
                try {
                    advance();
                } finally {
                    lock.unlock();
                }
            } catch (InterruptedException e) {
                return; // closing
            } catch (StoreException e) {
                LOG.log(Level.ERROR, "the feed to the agents waits for the database: " + e.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(BEAT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void advance() {
        store.read(view -> {
            var changes = view.changes(cursor, BATCH);
            if (changes.stream().anyMatch(change -> change.resource().equals(AGENT))) {
                vteps = vteps(view);
            }
            long revision = changes.isEmpty() ? cursor : changes.getLast().revision();
            for (var subscriber : subscribers) {
                var messages = new ArrayList<FeedMessage>();
                tell(view, subscriber, changes, messages);
                messages.add(new FeedMessage.At(store.id(), Math.max(revision, subscriber.from())));
                subscriber.send(messages);
            }
            cursor = revision;
            return revision;
        });
    }

    private void tell(View view, Subscriber subscriber, List<Logged> changes, List<FeedMessage> messages) {
        var told = new LinkedHashSet<String>();
        for (var change : changes) {
            if (change.revision() <= subscriber.from()) {
                continue;
            }
            if (change.resource().equals(AGENT)) {
                retell(view, subscriber, change, messages, told);
            } else if (change.resource().equals(PORT)) {
                tellPort(view, subscriber, change, messages, told);
            } else {
                tellNetwork(view, subscriber, change, messages, told);
            }
        }
    }

    /** An agent's tunnel address may have changed: the networks that it shares with the subscriber are told anew. */
    private void retell(View view, Subscriber subscriber, Logged change, List<FeedMessage> messages, Set<String> told) {
        var agent = view.get(AGENT, change.id());
        if (agent.isEmpty() || text(agent.get(), "host").equals(subscriber.host())) {
            return;
        }
        var shared = new LinkedHashSet<>(view.networks(text(agent.get(), "host")));
        shared.retainAll(subscriber.networks());
        shared.forEach(network -> tellWhole(view, subscriber, network, messages, told));
    }

    private void tellWhole(
            View view, Subscriber subscriber, String network, List<FeedMessage> messages, Set<String> told) {
        if (!told.add(network)) {
            return;
        }
        var message = (FeedMessage.Network) whole(view, network, subscriber.host());
        boolean had = message.units().isEmpty()
                ? subscriber.networks().remove(network)
                : !subscriber.networks().add(network);
        if (had || !message.units().isEmpty()) {
            messages.add(message);
        }
    }

    private void tellNetwork(
            View view, Subscriber subscriber, Logged change, List<FeedMessage> messages, Set<String> told) {
        for (var network : Touched.networks(view, change)) {
            if (!subscriber.networks().contains(network) || told.contains(network)) {
                continue;
            }
            var slice = NetworkSlice.withoutPorts(view, network, vteps);
            if (slice.isEmpty()) {
                tellWhole(view, subscriber, network, messages, told);
            } else if (change.resource().equals(NETWORK)) {
                messages.add(new FeedMessage.Put(Compiler.network(slice.get())));
                servedBy(view, network, subscriber.host())
                        .ifPresent(port -> messages.add(new FeedMessage.Put(Compiler.dhcp(slice.get(), port))));
            } else {
                // A subnet's DHCP decides which reservations there are.
                servedBy(view, network, subscriber.host())
                        .ifPresent(port -> tellWhole(view, subscriber, network, messages, told));
            }
        }
    }

    private void tellPort(
            View view, Subscriber subscriber, Logged change, List<FeedMessage> messages, Set<String> told) {
        if (!Touched.concernsHosts(change)) {
            return;
        }
        String host = subscriber.host();
        var port = view.get(PORT, change.id());
        String network = text(port.orElse(change.detail()), "network_id");
        if (network.isEmpty() || told.contains(network)) {
            return;
        }
        boolean had = subscriber.networks().contains(network);
        boolean has = view.hosts(network).contains(host);
        boolean dhcp = Compiler.isDhcpPort(port.orElse(change.detail()));
        if (!had && !has) {
            return;
        }
        if (had != has || dhcp) {
            tellWhole(view, subscriber, network, messages, told);
            return;
        }
        var id = new ResourceId(change.id());
        var gone = new HashMap<Unit.Kind, FeedMessage>();
        if (change.kind() != Logged.Kind.INSERT) {
            for (var kind : List.of(Unit.Kind.PORT, Unit.Kind.PEER, Unit.Kind.RESERVATION)) {
                gone.put(kind, new FeedMessage.Delete(new Unit.Key(kind, id)));
            }
        }
        var slice = NetworkSlice.withoutPorts(view, network, vteps);
        if (port.isPresent() && slice.isPresent()) {
            boolean serves = servedBy(view, network, host).isPresent();
            for (var unit : Compiler.units(slice.get(), port.get(), host, serves)) {
                gone.remove(unit.key().kind());
                messages.add(new FeedMessage.Put(unit));
            }
        }
        messages.addAll(gone.values());
    }

    private static Optional<ObjectNode> servedBy(View view, String network, String host) {
        return DhcpPorts.of(view, network).filter(port -> Compiler.boundTo(port, host));
    }

    private static Map<String, IpAddress> vteps(View view) {
        var addresses = new HashMap<String, IpAddress>();
        for (var agent : Agents.bridgeAgents(view)) {
            var address = agent.path("configurations").path("tunneling_ip");
            if (address.isString()) {
                addresses.put(text(agent, "host"), IpAddress.parse(address.stringValue()));
            }
        }
        return addresses;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        lock.lock();
        try {
            subscribers.forEach(Subscriber::end);
        } finally {
            lock.unlock();
        }
    }
}
