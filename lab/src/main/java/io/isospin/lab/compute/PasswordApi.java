package io.isospin.lab.compute;

import io.isospin.lab.compute.ComputeService.Asked;
import io.isospin.lab.compute.ComputeService.Mount;
import io.isospin.lab.http.Answer;
import io.isospin.lab.http.Json;

/** {@code os-server-password}: what a guest has told of itself by metadata. */
final class PasswordApi {
    private static final String PATH = "/servers/{id}/os-server-password";

    private final Instances instances;
    private final Passwords passwords;

    PasswordApi(Instances instances, Passwords passwords) {
        this.instances = instances;
        this.passwords = passwords;
    }

    void mount(Mount mount) {
        mount.on("GET", PATH, this::show);
        mount.on("DELETE", PATH, this::clear);
    }

    private Answer show(Asked asked) {
        return Answer.ok(
                Json.object().put("password", passwords.of(instances.of(asked).id())));
    }

    private Answer clear(Asked asked) {
        passwords.forget(instances.of(asked).id());
        return Answer.empty(204);
    }
}
