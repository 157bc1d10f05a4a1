package io.isospin.lab.identity;

import io.isospin.lab.http.Refusal;
import io.isospin.lab.identity.AuthRequest.Proof;
import io.isospin.lab.identity.AuthRequest.Scope;
import io.isospin.lab.identity.Directory.Project;
import io.isospin.lab.identity.Directory.Role;
import io.isospin.lab.identity.Directory.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens that are good now. They live as long as the lab does, and at most their lifetime. */
public final class Tokens {
    private final Directory directory;
    private final Clock clock;
    private final Duration lifetime;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Token> held = new ConcurrentHashMap<>();

    public Tokens(Directory directory, Clock clock, Duration lifetime) {
        this.directory = directory;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** Issues a token; refused with 401 where a proof is wrong or the user has no role on the project. */
    public Token issue(AuthRequest request) {
        Instant now = now();
        Instant expires = now.plus(lifetime);
        Set<String> methods = new LinkedHashSet<>();
        Set<User> users = new LinkedHashSet<>();
        for (var proof : request.proofs()) {
            methods.add(proof.method());
            switch (proof) {
                case Proof.Password password -> users.add(authenticated(password));
                case Proof.Token token -> {
                    var old = find(token.secret()).orElseThrow(Refusal::unauthorized);
                    methods.addAll(old.methods());
                    users.add(old.user());
                    // A token that was bought with a token lives no longer than that.
                    expires = old.expires();
                }
            }
        }
        if (users.size() != 1) {
            throw Refusal.unauthorized();
        }
        var user = users.iterator().next();
        return switch (request.scope()) {
            case Scope.Unscoped ignored -> keep(methods, user, Optional.empty(), List.of(), now, expires);
            case Scope.Project scope -> {
                var project = directory.project(scope.idOrName()).orElseThrow(Refusal::unauthorized);
                var roles = directory.rolesOf(user, project);
                if (roles.isEmpty()) {
                    throw Refusal.unauthorized();
                }
                yield keep(methods, user, Optional.of(project), roles, now, expires);
            }
        };
    }

    public Optional<Token> find(String secret) {
        var token = held.get(secret);
        return token != null && token.expires().isAfter(clock.instant()) ? Optional.of(token) : Optional.empty();
    }

    public void revoke(Token token) {
        held.remove(token.secret());
    }

    private User authenticated(Proof.Password proof) {
        var user = directory.user(proof.user()).orElseThrow(Refusal::unauthorized);
        // An empty password means that the user cannot log in with one.
        if (user.password().isEmpty() || !same(user.password(), proof.password())) {
            throw Refusal.unauthorized();
        }
        return user;
    }

    private static boolean same(String wanted, String given) {
        return MessageDigest.isEqual(wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private Token keep(
            Set<String> methods, User user, Optional<Project> project, List<Role> roles, Instant now, Instant expires) {
        held.values().removeIf(old -> !old.expires().isAfter(now));
        var token = new Token(secret(36), List.copyOf(methods), user, project, roles, secret(16), now, expires);
        held.put(token.secret(), token);
        return token;
    }

    // Whole microseconds, as clients parse them.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private String secret(int bytes) {
        byte[] raw = new byte[bytes];
        random.nextBytes(raw);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }
}
