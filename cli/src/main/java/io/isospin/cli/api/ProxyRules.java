package io.isospin.cli.api;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Which proxy a request goes through: {@code http_proxy}, {@code https_proxy} and {@code no_proxy}, as curl reads them. */
public record ProxyRules(Map<String, String> environment) {
    Proxy of(URI address) {
        String scheme = String.valueOf(address.getScheme());
        String proxy = either(scheme + "_proxy");
        String host = String.valueOf(address.getHost());
        if (proxy.isEmpty() || direct(host)) {
            return Proxy.NO_PROXY;
        }
        var at = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
        int port = at.getPort() > 0 ? at.getPort() : 80;
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(String.valueOf(at.getHost()), port));
    }

    private boolean direct(String host) {
        return List.of(either("no_proxy").split(",")).stream()
                .map(String::strip)
                .filter(rule -> !rule.isEmpty())
                .anyMatch(rule -> rule.equals("*")
                        || host.equals(rule)
                        || host.endsWith(rule.startsWith(".") ? rule : "." + rule));
    }

    private String either(String name) {
        return environment.getOrDefault(name, environment.getOrDefault(name.toUpperCase(java.util.Locale.ROOT), ""));
    }
}
