package io.isospin.linux;

import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.kernel.NetworkNamespace.Result;
import io.isospin.linux.kernel.Operation;
import io.isospin.linux.libc.Errno;
import io.isospin.linux.netlink.Ack;
import java.util.Objects;

/** Turns an errno into a sentence that names what was to be done and to which device. */
public final class Refusal {
    private Refusal() {}

    public static Result none(Operation operation) {
        return new Result(operation, 0, "");
    }

    /** For what was refused before it was one message to the kernel. */
    public static Result of(Operation operation, KernelException e) {
        return new Result(operation, e.errno(), "cannot " + doing(operation) + ": " + e.getMessage());
    }

    static Result of(Operation operation, Ack ack) {
        return new Result(operation, ack.errno(), "cannot " + doing(operation) + ": " + why(operation, ack));
    }

    private static String why(Operation operation, Ack ack) {
        return switch (ack.errno()) {
            case Errno.ENODEV -> "there is no device " + missing(operation) + words(ack);
            case Errno.EOPNOTSUPP -> "this kernel does not support it" + words(ack);
            default -> ack.explanation();
        };
    }

    private static String words(Ack ack) {
        return ack.words().isEmpty() ? "" : " (" + ack.words() + ")";
    }

    /** What ENODEV misses: a VLAN device is made of another, which may not be there. */
    private static Object missing(Operation operation) {
        return switch (operation) {
            case Operation.CreateVlan o -> o.trunk();
            case Operation.CreateTaggedPair o -> o.trunk();
            default -> Objects.requireNonNullElse((Object) operation.subject(), "for it");
        };
    }

    private static String doing(Operation operation) {
        return switch (operation) {
            case Operation.CreateBridge o -> "create the bridge " + o.name();
            case Operation.CreateVeth o ->
                "create the veth pair " + o.name() + " and " + o.peer()
                        + (o.peerNamespace().isEmpty() ? "" : " in namespace " + o.peerNamespace());
            case Operation.CreateVxlan o -> "create the tunnel " + o.name() + " with VNI " + o.vni();
            case Operation.CreateVlan o -> "create the VLAN device " + o.name() + " on " + o.trunk();
            case Operation.CreateTaggedPair o ->
                "create the pair " + o.name() + " for VLAN " + o.vlan() + " on " + o.trunk();
            case Operation.DeleteLink o -> "delete " + o.name();
            case Operation.SetUp o -> "set " + o.name() + (o.up() ? " up" : " down");
            case Operation.SetMtu o -> "set the MTU of " + o.name() + " to " + o.mtu();
            case Operation.SetMac o -> "set the address of " + o.name() + " to " + o.mac();
            case Operation.SetAlias o -> "set the alias of " + o.name();
            case Operation.SetMaster o ->
                o.bridge() == null
                        ? "take " + o.name() + " out of its bridge"
                        : "put " + o.name() + " into the bridge " + o.bridge();
            case Operation.AddAddress o -> "add " + o.address() + "/" + o.prefixLength() + " to " + o.device();
            case Operation.DeleteAddress o -> "remove " + o.address() + "/" + o.prefixLength() + " from " + o.device();
            case Operation.AddRoute o -> "add the route to " + o.destination();
            case Operation.DeleteRoute o -> "remove the route to " + o.destination();
            case Operation.AddFdb o -> "send frames to " + o.mac() + " from " + o.device() + " to " + o.vtep();
            case Operation.DeleteFdb o ->
                "stop sending frames to " + o.mac() + " from " + o.device() + " to " + o.vtep();
            case Operation.AddNeighbour o -> "add the neighbour " + o.address() + " to " + o.device();
            case Operation.DeleteNeighbour o -> "remove the neighbour " + o.address() + " from " + o.device();
        };
    }
}
