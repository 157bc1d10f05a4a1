package io.isospin.server.port;

import static io.isospin.core.schema.Catalogue.PORT;
import static io.isospin.server.api.Documents.id;
import static io.isospin.server.api.Documents.text;

import io.isospin.core.net.MacAddress;
import io.isospin.server.api.Documents;
import io.isospin.server.port.Addresses.Fixed;
import io.isospin.server.store.Change;
import io.isospin.server.store.Query;
import io.isospin.server.store.View;
import io.isospin.server.subnet.Subnet;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** The addresses that hosts make for themselves in a subnet that is newer than their ports. */
public final class AutomaticAddresses {
    private final DnsNames names;

    public AutomaticAddresses(DnsNames names) {
        this.names = names;
    }

    /** Every port of the network gets its address there, but those whose addresses routers decide about. */
    public List<Change> forNewSubnet(View view, Subnet subnet) {
        if (!subnet.automatic()) {
            return List.of();
        }
        var changes = new ArrayList<Change>();
        for (var port : view.list(PORT, Query.where(DhcpPorts.is("network_id", subnet.networkId())))) {
            String owner = text(port, "device_owner");
            if (Ports.isInterface(owner) || !subnet.serves(owner)) {
                continue;
            }
            var added = new Fixed(
                    subnet.id(), MacAddress.parse(text(port, "mac_address")).eui64(subnet.cidr()));
            var addresses = new ArrayList<>(Fixed.of(port.path("fixed_ips")));
            addresses.add(added);
            var values = JsonNodeFactory.instance.objectNode();
            values.set("fixed_ips", Fixed.document(addresses));
            values.set("dns_assignment", names.assignments(port, addresses));
            changes.add(Ports.claim(added, id(port)));
            changes.addAll(Documents.updated(PORT, port, values, view.now()));
        }
        return changes;
    }
}
