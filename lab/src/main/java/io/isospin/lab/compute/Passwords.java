package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import io.isospin.lab.http.Json;
import io.isospin.lab.http.Refusal;
import io.isospin.lab.shelf.Kept;
import io.isospin.lab.shelf.Shelf;

/** The passwords that guests have made up and encrypted for whoever booted them (nova/api/metadata/password.py). */
public final class Passwords {
    private static final int MOST = 4 * 256;

    private record Password(String server, String text) {}

    private final Kept<Password> kept;

    public Passwords(Shelf shelf) {
        this.kept = new Kept<>(
                shelf,
                "passwords",
                Password::server,
                one -> Json.object().put("server", one.server()).put("text", one.text()),
                node -> new Password(
                        node.path("server").asString(""), node.path("text").asString("")));
    }

    /** Empty where there is none. */
    public String of(ResourceId server) {
        return kept.find(server.value()).map(Password::text).orElse("");
    }

    /** Takes what a guest says, once. */
    public void set(ResourceId server, String text) {
        if (text.length() > MOST) {
            throw Refusal.badRequest("Password is too long.");
        }
        if (!kept.add(new Password(server.value(), text))) {
            throw Refusal.conflict("There was a conflict when trying to complete your request.");
        }
    }

    void forget(ResourceId server) {
        kept.remove(server.value());
    }
}
