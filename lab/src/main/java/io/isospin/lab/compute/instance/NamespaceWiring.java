package io.isospin.lab.compute.instance;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.IpVersion;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.kernel.KernelException;
import io.isospin.linux.kernel.NetworkNamespace;
import io.isospin.linux.kernel.Operation;
import io.isospin.linux.libc.Errno;
import java.util.List;
import java.util.Set;

/** Instances' network namespaces on one host: in each, a veth end for every interface, whose other end is the tap. */
final class NamespaceWiring implements AutoCloseable {
    private static final Set<Integer> NONE = Set.of();
    private static final String DEVICE = "eth";

    private final Kernel host;

    /** {@code host} is the kernel as the host sees it; this closes it. */
    NamespaceWiring(Kernel host) {
        this.host = host;
    }

    /** Makes the namespace with all of the guest's interfaces, {@code eth0} first. */
    void plug(Guest guest) {
        if (isThere(guest)) {
            throw new DriverException("Instance " + guest.name() + " exists on " + guest.host() + " already");
        }
        try {
            var inside = host.namespace(guest.name());
            for (int i = 0; i < guest.vifs().size(); i++) {
                plug(guest, inside, guest.vifs().get(i), new InterfaceName(DEVICE + i));
            }
        } catch (KernelException e) {
            throw failed(guest, e);
        }
    }

    // Asked first, as opening a namespace that is not there makes it.
    private boolean isThere(Guest guest) {
        return host.namespaces().contains(guest.name());
    }

    /** Plugs one more interface, under the first name that is free. */
    void attach(Guest guest, Vif vif) {
        try {
            if (!isThere(guest)) {
                throw new DriverException("Instance " + guest.name() + " is not on " + guest.host());
            }
            var inside = host.namespace(guest.name());
            int number = 0;
            while (inside.link(new InterfaceName(DEVICE + number)).isPresent()) {
                number++;
            }
            plug(guest, inside, vif, new InterfaceName(DEVICE + number));
        } catch (KernelException e) {
            throw failed(guest, e);
        }
    }

    private void plug(Guest guest, NetworkNamespace inside, Vif vif, InterfaceName device) {
        // The agent may make the bridge at the same moment; either's will do.
        apply(guest, host.root(), Set.of(Errno.EEXIST), List.of(new Operation.CreateBridge(vif.bridge(), 0)));
        apply(
                guest,
                host.root(),
                NONE,
                List.of(
                        new Operation.SetUp(vif.bridge(), true),
                        new Operation.CreateVeth(vif.tap(), device, guest.name(), vif.mac(), vif.mtu()),
                        new Operation.SetMaster(vif.tap(), vif.bridge()),
                        new Operation.SetUp(vif.tap(), true)));
        apply(guest, inside, NONE, List.of(new Operation.SetUp(device, true)));
    }

    /** Takes an interface away, both ends of it; one that has gone is no failure. */
    void detach(Guest guest, Vif vif) {
        apply(guest, host.root(), Set.of(Errno.ENODEV), List.of(new Operation.DeleteLink(vif.tap())));
    }

    /** Leaves the interfaces as those of a machine that is off: without addresses, and down. */
    void silence(Guest guest) {
        if (!isThere(guest)) {
            return;
        }
        try {
            var inside = host.namespace(guest.name());
            var seen = inside.observe();
            // Those of IPv6 go by themselves.
            seen.addresses().stream()
                    .filter(address -> address.device().value().startsWith(DEVICE))
                    .filter(address -> address.address().version() == IpVersion.V4)
                    .forEach(address -> apply(
                            guest,
                            inside,
                            NONE,
                            List.of(new Operation.DeleteAddress(
                                    address.device(), address.address(), address.prefixLength()))));
            seen.links().keySet().stream()
                    .filter(name -> name.value().startsWith(DEVICE))
                    .forEach(name -> apply(guest, inside, NONE, List.of(new Operation.SetUp(name, false))));
        } catch (KernelException e) {
            throw failed(guest, e);
        }
    }

    /** Takes the taps and the namespace away, as much as there is; goes on past failures. */
    void remove(Guest guest) {
        RuntimeException failure = null;
        for (var vif : guest.vifs()) {
            try {
                detach(guest, vif);
            } catch (DriverException e) {
                failure = e;
            }
        }
        try {
            host.delete(guest.name());
        } catch (KernelException e) {
            failure = failed(guest, e);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void apply(
            Guest guest, NetworkNamespace namespace, Set<Integer> harmless, List<Operation> operations) {
        for (var result : namespace.apply(operations)) {
            if (!result.ok() && !harmless.contains(result.error())) {
                throw new DriverException("Instance " + guest.name() + " on " + guest.host() + ": " + result.message());
            }
        }
    }

    private static DriverException failed(Guest guest, KernelException e) {
        return new DriverException("Instance " + guest.name() + " on " + guest.host() + ": " + e.getMessage());
    }

    @Override
    public void close() {
        host.close();
    }
}
