package io.isospin.linux;

import io.isospin.core.net.InterfaceName;
import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.NetworkNamespace.Result;
import io.isospin.linux.kernel.Operation;
import io.isospin.linux.libc.Errno;
import io.isospin.linux.libc.Fd;
import io.isospin.linux.netlink.Ack;
import io.isospin.linux.netlink.AddressMessages;
import io.isospin.linux.netlink.LinkReader;
import io.isospin.linux.netlink.LinkRequests;
import io.isospin.linux.netlink.NeighbourMessages;
import io.isospin.linux.netlink.NetlinkSession;
import io.isospin.linux.netlink.RouteMessages;
import io.isospin.linux.netns.NamedNamespaces;
import io.isospin.linux.netns.Netns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of apply. Messages are held back and sent together; only when an index is needed that a held-back message
 * may yet bring about, or for an operation of several steps, are they sent earlier.
 */
final class Batch implements AutoCloseable {
    private final NetlinkSession session;
    private final NamedNamespaces names;
    private final TaggedPairs pairs;
    private final List<Operation> operations;
    private final Result[] results;
    private final List<Integer> waiting = new ArrayList<>();
    private final List<byte[]> messages = new ArrayList<>();
    private final Map<InterfaceName, Link> known = new HashMap<>();
    /** The outer ends of tagged pairs that may have to be deleted, by the pair's name. */
    private final Map<InterfaceName, Link> outers = new HashMap<>();

    private final Map<String, Fd> namespaces = new HashMap<>();

    Batch(NetlinkSession session, NamedNamespaces names, TaggedPairs pairs, List<Operation> operations) {
        this.session = session;
        this.names = names;
        this.pairs = pairs;
        this.operations = operations;
        this.results = new Result[operations.size()];
    }

    List<Result> run() {
        learn();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            try {
                if (operation instanceof Operation.CreateTaggedPair pair) {
                    flush();
                    outers.put(pair.name(), pairs.create(pair));
                    known.clear();
                    results[i] = Refusal.none(operation);
                } else {
                    byte[] message = message(operation); // may flush, so nothing is added before
                    waiting.add(i);
                    messages.add(message);
                }
            } catch (KernelException e) {
                results[i] = Refusal.of(operation, e);
            }
        }
        flush();
        return Arrays.asList(results);
    }

    /** Looks up in one exchange what the operations will need. */
    private void learn() {
        Set<InterfaceName> wanted = new LinkedHashSet<>();
        for (Operation operation : operations) {
            switch (operation) {
                case Operation.SetMaster o when o.bridge() != null -> wanted.add(o.bridge());
                case Operation.CreateVlan o -> wanted.add(o.trunk());
                case Operation.AddAddress o -> wanted.add(o.device());
                case Operation.DeleteAddress o -> wanted.add(o.device());
                case Operation.AddRoute o when o.device() != null -> wanted.add(o.device());
                case Operation.DeleteRoute o when o.device() != null -> wanted.add(o.device());
                case Operation.AddFdb o -> wanted.add(o.device());
                case Operation.DeleteFdb o -> wanted.add(o.device());
                case Operation.AddNeighbour o -> wanted.add(o.device());
                case Operation.DeleteNeighbour o -> wanted.add(o.device());
                case Operation.DeleteLink o -> wanted.add(Operation.CreateTaggedPair.outerEnd(o.name()));
                default -> {
                    // named in the message itself
                }
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        for (Optional<Link> link : LinkReader.named(session, List.copyOf(wanted))) {
            link.ifPresent(found -> known.put(found.name(), found));
        }
        for (Operation operation : operations) {
            if (operation instanceof Operation.DeleteLink delete) {
                Link outer = known.get(Operation.CreateTaggedPair.outerEnd(delete.name()));
                if (outer != null) {
                    outers.put(delete.name(), outer);
                }
            }
        }
    }

    private byte[] message(Operation operation) {
        return switch (operation) {
            case Operation.CreateBridge o -> created(o.name(), LinkRequests.createBridge(o.name(), o.mtu()));
            case Operation.CreateVeth o ->
                created(
                        o.name(),
                        LinkRequests.createVeth(
                                o.name(), o.peer(), namespace(o.peerNamespace()), o.peerMac(), o.mtu()));
            case Operation.CreateVxlan o ->
                created(
                        o.name(),
                        LinkRequests.createVxlan(
                                o.name(), o.vni(), o.local(), o.port(), o.mtu(), o.learning(), o.proxy()));
            case Operation.CreateVlan o ->
                created(o.name(), LinkRequests.createVlan(o.name(), index(o.trunk()), o.vlan(), o.mtu()));
            case Operation.CreateTaggedPair o -> throw new IllegalStateException(o + " is no single message");
            case Operation.DeleteLink o -> delete(o.name());
            case Operation.SetUp o -> LinkRequests.setUp(o.name(), o.up());
            case Operation.SetMtu o -> LinkRequests.setMtu(o.name(), o.mtu());
            case Operation.SetMac o -> LinkRequests.setMac(o.name(), o.mac());
            case Operation.SetAlias o -> LinkRequests.setAlias(o.name(), o.alias());
            case Operation.SetMaster o -> LinkRequests.setMaster(o.name(), index(o.bridge()));
            case Operation.AddAddress o -> AddressMessages.add(index(o.device()), o.address(), o.prefixLength());
            case Operation.DeleteAddress o -> AddressMessages.delete(index(o.device()), o.address(), o.prefixLength());
            case Operation.AddRoute o -> RouteMessages.add(o.destination(), o.gateway(), index(o.device()));
            case Operation.DeleteRoute o -> RouteMessages.delete(o.destination(), o.gateway(), index(o.device()));
            case Operation.AddFdb o -> NeighbourMessages.addFdb(index(o.device()), o.mac(), o.vtep());
            case Operation.DeleteFdb o -> NeighbourMessages.deleteFdb(index(o.device()), o.mac(), o.vtep());
            case Operation.AddNeighbour o -> NeighbourMessages.addNeighbour(index(o.device()), o.address(), o.mac());
            case Operation.DeleteNeighbour o -> NeighbourMessages.deleteNeighbour(index(o.device()), o.address());
        };
    }

    private byte[] created(InterfaceName name, byte[] message) {
        known.remove(name);
        return message;
    }

    private byte[] delete(InterfaceName name) {
        Link outer = outers.remove(name);
        if (outer != null) {
            flush();
            pairs.forget(outer);
        }
        known.clear(); // a pair's other end, or a trunk's devices, may go with it
        return LinkRequests.delete(name);
    }

    private int index(@Nullable InterfaceName name) {
        if (name == null) {
            return 0;
        }
        Link link = known.get(name);
        if (link == null) {
            flush();
            link = LinkReader.named(session, List.of(name))
                    .getFirst()
                    .orElseThrow(() -> new KernelException("there is no device " + name, Errno.ENODEV));
            known.put(name, link);
        }
        return link.index();
    }

    private int namespace(String name) {
        return name.isEmpty()
                ? -1
                : namespaces
                        .computeIfAbsent(name, missing -> Netns.open(names.path(missing)))
                        .number();
    }

    private void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        List<Ack> acks = session.transact(messages);
        for (int i = 0; i < acks.size(); i++) {
            int at = waiting.get(i);
            Ack ack = acks.get(i);
            results[at] = ack.ok() ? Refusal.none(operations.get(at)) : Refusal.of(operations.get(at), ack);
        }
        waiting.clear();
        messages.clear();
    }

    @Override
    public void close() {
        namespaces.values().forEach(Fd::close);
    }
}
