package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.Instance.Label;
import io.isospin.lab.compute.Instance.Order;
import io.isospin.lab.compute.instance.GuestSettings;
import io.isospin.lab.compute.keypair.KeyPair;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.shelf.Kept;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** What a boot does before the answer: everything is checked, then the servers are written down and their builds begin. */
final class Boot {
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Instances instances;
    private final NetworkCheck networks;
    private final Builds builds;
    private final BootImages images;
    private final Flavors flavors;
    private final Kept<KeyPair> keys;
    private final Quotas quotas;
    private final Hosts hosts;
    private final ActionLog actions;

    Boot(
            Instances instances,
            NetworkCheck networks,
            Builds builds,
            BootImages images,
            Flavors flavors,
            Kept<KeyPair> keys,
            Quotas quotas,
            Hosts hosts,
            ActionLog actions) {
        this.instances = instances;
        this.networks = networks;
        this.builds = builds;
        this.images = images;
        this.flavors = flavors;
        this.keys = keys;
        this.quotas = quotas;
        this.hosts = hosts;
        this.actions = actions;
    }

    List<Instance> boot(ServerRequest request, Asked asked) {
        var caller = asked.caller();
        var image = images.find(request.image(), caller.projectId(), caller.admin())
                .orElseThrow(() -> Refusal.badRequest("Image " + request.image() + " could not be found."));
        var flavor = flavors.find(request.flavor())
                .filter(found -> caller.admin() || found.reaches(caller.projectId()))
                .orElseThrow(() -> Refusal.badRequest("Flavor " + request.flavor() + " could not be found."));
        requireFit(request.image(), image, flavor);
        var key = request.key()
                .map(name -> keys.find(KeyPair.id(caller.user().id(), name))
                        .map(found -> new GuestSettings.Key(found.name(), found.publicKey()))
                        .orElseThrow(() -> Refusal.badRequest("Invalid key_name provided.")));
        quotas.requireMetadata(caller.projectId(), request.metadata());
        var placement = request.placement();
        if (placement.zone().filter(zone -> !hosts.zones().contains(zone)).isPresent()) {
            throw Refusal.badRequest("The requested availability zone is not available");
        }
        placement
                .host()
                .filter(host -> !placement.forced() && !hosts.contains(host))
                .ifPresent(host -> {
                    throw Refusal.badRequest("Compute host " + host + " could not be found.");
                });
        var items = networks.check(request.networks(), request.count(), caller);
        String reservation = "r-" + random(8).toLowerCase(Locale.ROOT);
        var makes = new ArrayList<IntFunction<Instance>>();
        for (int i = 0; i < request.count(); i++) {
            var order = new Order(
                    caller.projectId(),
                    caller.user().id(),
                    request.image(),
                    image.properties(),
                    flavor,
                    key,
                    request.userData(),
                    request.configDrive(),
                    reservation,
                    i);
            makes.add(number -> instance(request, order, number));
        }
        var made = instances.add(
                makes, () -> quotas.requireRoom(caller.projectId(), flavor, request.count(), instances.all()));
        for (var instance : made) {
            actions.begin(instance.id(), asked, "create", "compute__do_build_and_run_instance");
            builds.build(instance, items, placement, caller.secret(), asked.request());
        }
        return made;
    }

    private static void requireFit(String id, BootImages.BootImage image, Flavor flavor) {
        if (!image.status().equals("active")) {
            throw Refusal.badRequest("Image " + id + " is not active.");
        }
        if (flavor.ram() < image.minRam()) {
            throw Refusal.badRequest("Flavor's memory is too small for requested image.");
        }
        if (flavor.disk() > 0 && flavor.disk() < image.minDisk()) {
            throw Refusal.badRequest("Flavor's disk is too small for requested image. Flavor disk is "
                    + ((long) flavor.disk() << 30) + " bytes, image is " + ((long) image.minDisk() << 30) + " bytes.");
        }
    }

    /** A password as Nova makes one up for each server; nothing in the lab asks for it. */
    static String password() {
        return random(12);
    }

    private Instance instance(ServerRequest request, Order order, int number) {
        var id = ResourceId.random();
        String name = request.count() > 1 ? request.name() + "-" + (order.launchIndex() + 1) : request.name();
        var label = new Label(
                name,
                request.hostname().orElseGet(() -> Hostname.of(name, "server-" + id)),
                request.description(),
                request.metadata(),
                request.tags(),
                Map.of(),
                Optional.empty());
        var now = instances.now();
        return new Instance(
                id,
                number,
                order,
                label,
                "",
                "",
                Instance.State.BUILDING,
                Optional.of(Tasks.SCHEDULING),
                List.of(),
                Optional.empty(),
                now,
                now,
                Optional.empty());
    }

    private static String random(int length) {
        var out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return out.toString();
    }
}
