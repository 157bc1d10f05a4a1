package io.isospin.server.feed;

import static io.isospin.core.schema.Catalogue.NETWORK;
import static io.isospin.core.schema.Segmentation.PORT_BINDING;
import static io.isospin.server.api.Documents.text;

import io.isospin.server.store.Logged;
import io.isospin.server.store.View;
import java.util.List;
import java.util.Set;

/** What a row of the change log touches. */
final class Touched {
    /** The attributes of a port that hosts know of. */
    private static final Set<String> HOSTS_KNOW = Set.of(
            "mac_address",
            "fixed_ips",
            "device_id",
            "device_owner",
            "admin_state_up",
            "extra_dhcp_opts",
            "dns_name",
            "binding:host_id",
            "binding:vif_type");

    private Touched() {}

    static List<String> networks(View view, Logged change) {
        if (change.resource().equals(NETWORK)) {
            return List.of(change.id());
        }
        String network = change.kind() == Logged.Kind.DELETE
                ? text(change.detail(), "network_id")
                : view.get(change.resource(), change.id())
                        .map(document -> text(document, "network_id"))
                        .orElse("");
        return network.isEmpty() ? List.of() : List.of(network);
    }

    /** Whether any host can see the difference. */
    static boolean concernsHosts(Logged change) {
        return change.kind() != Logged.Kind.UPDATE
                || change.resource().equals(PORT_BINDING)
                || change.detail().propertyNames().stream().anyMatch(HOSTS_KNOW::contains);
    }
}
