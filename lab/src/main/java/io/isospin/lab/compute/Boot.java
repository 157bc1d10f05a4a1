package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.identity.Token;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What a boot does before the answer: everything is checked, then the servers are written down and their builds begin. */
final class Boot {
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Instances instances;
    private final NetworkCheck networks;
    private final Builds builds;
    private final Predicate<String> imageExists;
    private final Clock clock;

    Boot(Instances instances, NetworkCheck networks, Builds builds, Predicate<String> imageExists, Clock clock) {
        this.instances = instances;
        this.networks = networks;
        this.builds = builds;
        this.imageExists = imageExists;
        this.clock = clock;
    }

    List<Instance> boot(ServerRequest request, Token caller) {
        if (!imageExists.test(request.image())) {
            throw Refusal.badRequest("Image " + request.image() + " could not be found.");
        }
        var items = networks.check(request.networks(), caller);
        String reservation = "r-" + random(8).toLowerCase(Locale.ROOT);
        var made = new ArrayList<Instance>();
        for (int i = 0; i < request.count(); i++) {
            int index = i;
            made.add(instances.add(number -> instance(request, caller, number, index, reservation)));
        }
        made.forEach(instance -> builds.build(instance, items, request.placement(), caller.secret()));
        return made;
    }

    /** A password as Nova makes one up for each server; nothing in the lab asks for it. */
    static String password() {
        return random(12);
    }

    private Instance instance(ServerRequest request, Token caller, int number, int index, String reservation) {
        var id = ResourceId.random();
        String name = request.count() > 1 ? request.name() + "-" + (index + 1) : request.name();
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new Instance(
                id,
                number,
                name,
                request.hostname().orElseGet(() -> Hostname.of(name, "server-" + id)),
                request.description(),
                caller.projectId(),
                caller.user().id(),
                request.image(),
                request.flavor(),
                request.metadata(),
                request.tags(),
                reservation,
                index,
                "",
                Instance.State.BUILDING,
                Optional.of("scheduling"),
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
