package io.isospin.agent.config;

import io.isospin.core.config.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;

/** {@code [isospin] server} and {@code agent_secret}: where the feed comes from, any of the servers serving. */
public record ServerConfig(List<URI> servers, String secret) {
    private static final String SECTION = "isospin";

    static ServerConfig from(Settings settings) {
        List<URI> servers = settings.value(
                SECTION,
                "server",
                List.of(URI.create("http://127.0.0.1:9696")),
                text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .map(ServerConfig::server)
                        .toList());
        if (servers.isEmpty()) {
            settings.fault(SECTION, "server", "it names no server", "Write http://HOST:9696");
        }
        return new ServerConfig(servers, settings.text(SECTION, "agent_secret", ""));
    }

    private static URI server(String text) {
        String mend = "Write http://HOST:PORT, several separated by commas";
        try {
            var uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(mend, e);
        }
        throw new IllegalArgumentException(mend);
    }
}
