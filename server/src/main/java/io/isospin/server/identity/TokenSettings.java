package io.isospin.server.identity;

import io.isospin.core.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code [keystone_authtoken]}: how tokens are looked at.
 *
 * @param keep how long Keystone's word on a token holds; zero asks each time
 * @param serviceRoles one of which a service needs to pass on a user's token that has expired
 * @param serviceRolesRequired whether a service without one of them is refused
 */
public record TokenSettings(Duration keep, Set<String> serviceRoles, boolean serviceRolesRequired) {
    private static final String SECTION = "keystone_authtoken";

    public static TokenSettings of(Settings settings) {
        return new TokenSettings(
                Duration.ofSeconds(Math.max(settings.integer(SECTION, "token_cache_time", 300, -1, 86_400), 0)),
                settings.list(SECTION, "service_token_roles", List.of("service")).stream()
                        .map(role -> role.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                settings.bool(SECTION, "service_token_roles_required", false));
    }
}
