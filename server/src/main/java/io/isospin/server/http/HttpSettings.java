package io.isospin.server.http;

import io.isospin.core.config.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the API is offered.
 *
 * @param keystone where a client gets a token, as a 401 tells
 * @param front how a client writes this server's address
 * @param largestBody in bytes
 * @param certificate what the server shows to clients; null where it speaks plain HTTP
 */
public record HttpSettings(
        String host,
        int port,
        String keystone,
        Front front,
        int largestBody,
        Cors cors,
        Healthcheck health,
        @Nullable Certificate certificate) {
    private static final String MIDDLEWARE = "oslo_middleware";
    /** Neutron leaves the limit of oslo.middleware out of its pipeline; this is to keep a client from filling the memory. */
    private static final int AMPLE = 16 << 20;

    public static HttpSettings of(Settings settings, String keystone) {
        settings.renamed(MIDDLEWARE, "max_request_body_size", "DEFAULT", "max_request_body_size");
        return new HttpSettings(
                settings.text("DEFAULT", "bind_host", "0.0.0.0"),
                settings.integer("DEFAULT", "bind_port", 9696, 0, 65_535),
                keystone,
                new Front(
                        settings.bool(MIDDLEWARE, "enable_proxy_headers_parsing", false),
                        settings.text("DEFAULT", "network_link_prefix", "")),
                settings.integer(MIDDLEWARE, "max_request_body_size", AMPLE, 0, Integer.MAX_VALUE - 1),
                Cors.of(settings),
                new Healthcheck(Path.of(
                        settings.text("healthcheck", "disable_by_file_path", "/etc/neutron/healthcheck_disable"))),
                settings.bool("DEFAULT", "use_ssl", false) ? Certificate.of(settings) : null);
    }
}
