package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.Instance.State;
import io.isospin.lab.compute.RequestedNetworks.Item;
import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.compute.instance.Vif;
import io.isospin.lab.http.Refusal;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives instances interfaces and takes them away, running or not. */
final class Interfaces {
    private static final System.Logger LOG = System.getLogger(Interfaces.class.getName());
    private static final Set<State> FROM = EnumSet.of(State.ACTIVE, State.PAUSED, State.STOPPED);

    private final Instances instances;
    private final Work work;
    private final PortAllocation ports;
    private final InstanceDriver driver;
    private final Plugging plugging;
    private final ActionLog actions;

    Interfaces(
            Instances instances,
            Work work,
            PortAllocation ports,
            InstanceDriver driver,
            Plugging plugging,
            ActionLog actions) {
        this.instances = instances;
        this.work = work;
        this.ports = ports;
        this.driver = driver;
        this.plugging = plugging;
        this.actions = actions;
    }

    /** Attaches and answers when the interface is there, as Nova does; where that fails, nothing of it is left. */
    Vif attach(ResourceId id, Item item, Asked asked) {
        return work.now(id, () -> {
            var instance = ready(id, "attach_interface");
            actions.begin(id, asked, "attach_interface", "compute_attach_interface");
            try {
                var vif = attach(instance, item, asked.caller().secret());
                actions.end(id, asked.request(), Optional.empty(), instance.host());
                return vif;
            } catch (Refusal e) {
                actions.end(id, asked.request(), Optional.of(e.message()), instance.host());
                throw e;
            }
        });
    }

    private Instance ready(ResourceId id, String action) {
        var instance =
                instances.find(id).orElseThrow(() -> Refusal.notFound("Instance " + id + " could not be found."));
        Power.requireIdle(instance, action, FROM);
        return instance;
    }

    private Vif attach(Instance instance, Item item, String userToken) {
        var before = instance.vifs();
        try {
            var vif = ports.allocate(instance, item, userToken, made -> keep(instance.id(), made));
            var now = instances.find(instance.id()).orElse(instance);
            plugging.plug(now.id(), now.host(), List.of(vif), () -> driver.attach(now.guest(), vif));
            item.tag().ifPresent(tag -> instances.label(instance.id(), label -> label.tagged(vif.port(), tag)));
            return vif;
        } catch (PortAllocation.BindingFailed | DriverException e) {
            takeBack(instance.id(), before);
            throw failed(instance.id(), e);
        } catch (Networking.Failure e) {
            takeBack(instance.id(), before);
            throw refusal(e);
        }
    }

    private static Refusal failed(ResourceId id, Exception why) {
        LOG.log(Level.WARNING, "server {0} gets no interface: {1}", id, why.getMessage());
        return new Refusal(500, "Failed to attach network adapter device to " + id);
    }

    /** In the words and with the status that Nova has for it. */
    static Refusal refusal(Networking.Failure failure) {
        return switch (failure.type()) {
            case "OverQuota" -> Refusal.forbidden("Maximum number of ports exceeded");
            default -> new Refusal(failure.status() >= 500 ? 503 : failure.status(), failure.message());
        };
    }

    /** Takes back whatever the instance has more than before. */
    private void takeBack(ResourceId id, List<Vif> before) {
        instances.find(id).ifPresent(instance -> {
            for (var vif : instance.vifs()) {
                if (before.stream().noneMatch(old -> old.port().equals(vif.port()))) {
                    remove(instance, vif);
                }
            }
        });
    }

    /** Begins to detach; refused where the port is none of the server's. */
    void detach(ResourceId id, ResourceId port, Asked asked) {
        var instance = ready(id, "detach_interface");
        if (vif(instance, port).isEmpty()) {
            throw Refusal.notFound("Port id " + port + " could not be found.");
        }
        actions.begin(id, asked, "detach_interface", "compute_detach_interface");
        work.later(
                id,
                () -> {
                    var now = instances.find(id);
                    var error = now.flatMap(i -> vif(i, port).flatMap(vif -> remove(i, vif)));
                    now.ifPresent(i -> actions.end(id, asked.request(), error, i.host()));
                },
                e -> {});
    }

    private static Optional<Vif> vif(Instance instance, ResourceId port) {
        return instance.vifs().stream().filter(vif -> vif.port().equals(port)).findFirst();
    }

    /** What went wrong, where something did: the interface stays the server's then, so that it can be tried again. */
    private Optional<String> remove(Instance instance, Vif vif) {
        try {
            driver.detach(instance.guest(), vif);
            ports.release(vif);
        } catch (DriverException | Networking.Failure e) {
            LOG.log(Level.ERROR, "server " + instance.id() + " keeps port " + vif.port(), e);
            return Optional.ofNullable(e.getMessage());
        }
        instances.update(
                instance.id(),
                i -> i.plugged(i.vifs().stream()
                        .filter(other -> !other.port().equals(vif.port()))
                        .toList()));
        instances.label(instance.id(), label -> label.untagged(vif.port()));
        return Optional.empty();
    }

    private void keep(ResourceId id, Vif made) {
        instances.update(id, i -> i.plugged(PortAllocation.with(i.vifs(), made)));
    }
}
