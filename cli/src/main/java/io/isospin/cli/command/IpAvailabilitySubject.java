package io.isospin.cli.command;

import io.isospin.cli.grammar.Option;
import io.isospin.core.schema.Resource;
import java.util.List;
import java.util.Set;

/** {@code net-ip-availability-list}: how many addresses networks have and use. */
final class IpAvailabilitySubject extends Subject {
    static final Resource RESOURCE =
            Resource.of("network_ip_availability", "network_ip_availabilities", false, List.of());

    IpAvailabilitySubject() {
        super(RESOURCE, "net-ip-availability");
    }

    @Override
    Set<String> verbs() {
        return Set.of("list");
    }

    @Override
    List<String> columns() {
        return List.of("network_id", "network_name", "total_ips", "used_ips");
    }

    @Override
    List<Option> filters() {
        return List.of(
                Option.value("--ip-version", "{4,6}", "of subnets of this IP version alone; 4 where nothing is said")
                        .oneOf("4", "6"),
                Option.value("--network-id", "NETWORK_ID", "of the network with this ID"),
                Option.value("--network-name", "NETWORK_NAME", "of networks with this name"),
                Option.value("--tenant-id", "TENANT_ID", "of networks of this tenant"));
    }

    @Override
    String standing(String filter) {
        return filter.equals("ip_version") ? "4" : "";
    }
}
