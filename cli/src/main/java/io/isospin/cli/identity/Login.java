package io.isospin.cli.identity;

import io.isospin.cli.api.Http;
import io.isospin.cli.api.Session;
import io.isospin.cli.failure.Failure;
import java.util.Set;

/** From who the user is to a session with Networking; Keystone is asked only where nothing else will do. */
public record Login(Identity identity, Http http) {

    public Session open() {
        String url = identity.first("url", "endpoint");
        String type = identity.first("auth_type");
        if (identity.first("auth_strategy").equals("noauth") || type.equals("none") || type.equals("noauth")) {
            if (url.isEmpty()) {
                throw new Failure("Without authentication Networking's own address is needed: set OS_URL, or give"
                        + " --os-url.");
            }
            return Session.at(url, identity.first("token"), "", Set.of());
        }
        if (identity.has("token") && !url.isEmpty()) {
            return Session.at(url, identity.first("token"), "", Set.of());
        }
        if (!identity.has("auth_url")) {
            throw new Failure("Auth plugin requires parameters which were not given: auth_url. Set OS_AUTH_URL"
                    + " (and OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME), or OS_CLOUD to a cloud of a clouds.yaml, or"
                    + " OS_TOKEN and OS_URL.");
        }
        return new Keystone(identity, http).login();
    }
}
