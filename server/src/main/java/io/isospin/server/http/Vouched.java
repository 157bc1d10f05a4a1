package io.isospin.server.http;

import io.isospin.server.api.ApiError;
import io.isospin.server.api.Ending;
import io.isospin.server.api.Lines;
import io.isospin.server.identity.Authenticator;
import io.isospin.server.identity.Caller;
import io.isospin.server.identity.Credentials;
import java.time.Duration;
import java.time.Instant;

/**
 * Lines for as long as a request with the same credentials would be let in. Keystone is asked no more often than for
 * requests, and at its expiry a token ends them to the second.
 */
final class Vouched implements Lines {
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Lines lines;
    private final Authenticator authenticator;
    private final Credentials credentials;
    private final Caller caller;
    private final Instant expiry;
    private Instant next = Instant.now().plus(AGAIN);
    private boolean refused;

    /** {@code caller}: whom the credentials have been found to be. */
    static Vouched by(Authenticator authenticator, Credentials credentials, Caller caller, Lines lines) {
        try {
            var expiry = authenticator.expiry(credentials).orElse(Instant.MAX);
            return new Vouched(lines, authenticator, credentials, caller, expiry);
        } catch (ApiError e) {
            lines.close();
            throw e;
        }
    }

    private Vouched(Lines lines, Authenticator authenticator, Credentials credentials, Caller caller, Instant expiry) {
        this.lines = lines;
        this.authenticator = authenticator;
        this.credentials = credentials;
        this.caller = caller;
        this.expiry = expiry;
    }

    @Override
    public String next(Duration atMost) throws InterruptedException {
        var left = Duration.between(Instant.now(), expiry.isBefore(next) ? expiry : next);
        var wait = left.compareTo(atMost) < 0 ? left : atMost;
        String text = lines.next(wait.isNegative() ? Duration.ZERO : wait);
        refused = !lines.isOver() && !isLetIn();
        return refused ? lines.last(Ending.TOKEN) : text;
    }

    private boolean isLetIn() {
        var now = Instant.now();
        if (!now.isBefore(expiry)) {
            return false;
        }
        if (now.isBefore(next)) {
            return true;
        }
        next = now.plus(AGAIN);
        try {
            return authenticator.authenticate(credentials).equals(caller);
        } catch (ApiError e) {
            return false;
        }
    }

    @Override
    public boolean isOver() {
        return refused || lines.isOver();
    }

    @Override
    public String last(Ending ending) {
        return lines.last(ending);
    }

    @Override
    public void close() {
        lines.close();
    }
}
