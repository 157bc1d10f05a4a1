package io.isospin.lab.launch;

import io.isospin.lab.identity.AuthRequest;
import io.isospin.lab.identity.Token;
import io.isospin.lab.identity.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compute's own token, renewed before it ends. */
final class ServiceToken implements Supplier<String> {
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Tokens tokens;
    private final AuthRequest request;
    private @Nullable Token current;

    ServiceToken(Tokens tokens, String password) {
        this.tokens = tokens;
        this.request = new AuthRequest(
                List.of(new AuthRequest.Proof.Password("nova", password)), new AuthRequest.Scope.Project("service"));
    }

    @Override
    public synchronized String get() {
        var token = current;
        if (token == null || token.expires().minus(MARGIN).isBefore(Instant.now())) {
            token = tokens.issue(request);
            current = token;
        }
        return token.secret();
    }
}
