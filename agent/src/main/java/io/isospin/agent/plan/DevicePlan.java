package io.isospin.agent.plan;

import io.isospin.core.net.InterfaceName;
import io.isospin.linux.kernel.Link;
import io.isospin.linux.kernel.Observed;
import io.isospin.linux.kernel.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one plan, gathered in order. Each method compares one attribute of a device with what is wanted
 * and adds an operation only where they differ; a device that is made in the same plan has no attributes yet.
 */
public final class DevicePlan {
    private final Observed observed;
    private final List<Operation> operations = new ArrayList<>();

    public DevicePlan(Observed observed) {
        this.observed = observed;
    }

    public Observed observed() {
        return observed;
    }

    public @Nullable Link link(InterfaceName name) {
        return observed.links().get(name);
    }

    public void add(Operation operation) {
        operations.add(operation);
    }

    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    public void mtu(InterfaceName name, @Nullable Link present, int mtu) {
        if (present != null && present.mtu() != mtu) {
            add(new Operation.SetMtu(name, mtu));
        }
    }

    public void up(InterfaceName name, @Nullable Link present) {
        if (present == null || !present.up()) {
            add(new Operation.SetUp(name, true));
        }
    }

    public void down(Link present) {
        if (present.up()) {
            add(new Operation.SetUp(present.name(), false));
        }
    }

    public void bridge(InterfaceName name, @Nullable Link present, InterfaceName bridge) {
        Link its = link(bridge);
        if (present == null || its == null || present.master() != its.index()) {
            add(new Operation.SetMaster(name, bridge));
        }
    }

    public void outOfBridge(Link present) {
        if (present.master() != 0) {
            add(new Operation.SetMaster(present.name(), null));
        }
    }
}
