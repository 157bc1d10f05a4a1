package io.isospin.server.identity;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code auth_strategy = noauth}: whoever reaches the server is believed. Without headers that is an administrator,
 * as Neutron has it.
 */
public final class TrustedHeaders implements Authenticator {
    @Override
    public Caller authenticate(Credentials credentials) {
        String project = credentials
                .apply("X-Project-Id")
                .or(() -> credentials.apply("X-Tenant-Id"))
                .orElse("");
        var roles = credentials
                .apply("X-Roles")
                .or(() -> credentials.apply("X-Role"))
                .map(TrustedHeaders::roles)
                .orElse(Set.of("admin"));
        Map<String, String> details = credentials
                .apply("X-User-Name")
                .map(name -> Map.of("user_name", name))
                .orElse(Map.of());
        return Caller.of(credentials.apply("X-User-Id").orElse(""), project, implied(roles), Set.of(), details);
    }

    /** As Keystone's own roles imply each other; its tokens name what is implied. */
    private static Set<String> implied(Set<String> roles) {
        var all = new HashSet<>(roles);
        if (all.contains("admin")) {
            all.add("member");
        }
        if (all.contains("member")) {
            all.add("reader");
        }
        return Set.copyOf(all);
    }

    private static Set<String> roles(String header) {
        return Arrays.stream(header.split(","))
                .map(role -> role.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
