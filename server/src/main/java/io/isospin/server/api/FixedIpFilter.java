package io.isospin.server.api;

import io.isospin.core.net.IpAddress;
import io.isospin.server.store.Query.Condition;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code fixed_ips} filter: each value is one of {@code ip_address=…}, {@code subnet_id=…} and
 * {@code ip_address_substr=…}; the same key several times means any of them.
 */
final class FixedIpFilter {
    private FixedIpFilter() {}

    static List<Condition> conditions(List<String> values) {
        var addresses = new ArrayList<String>();
        var subnets = new ArrayList<String>();
        var parts = new ArrayList<String>();
        for (var value : values) {
            int equals = value.indexOf('=');
            String key = equals < 0 ? value : value.substring(0, equals);
            String rest = value.substring(equals + 1);
            switch (key) {
                case "ip_address" -> addresses.add(rest);
                case "subnet_id" -> subnets.add(rest);
                case "ip_address_substr" -> parts.add(rest);
                default ->
                    throw BadRequest.http("Invalid filter value for fixed_ips: '" + value
                            + "'. Use ip_address=, subnet_id= or ip_address_substr=.");
            }
        }
        var conditions = new ArrayList<Condition>();
        if (!addresses.isEmpty()) {
            // What is not an address no port can have.
            conditions.add(new Condition.HasAddress(
                    addresses.stream().filter(IpAddress::isAddress).toList()));
        }
        if (!subnets.isEmpty()) {
            conditions.add(new Condition.HasAddressIn(subnets));
        }
        if (!parts.isEmpty()) {
            conditions.add(new Condition.HasAddressLike(parts));
        }
        return conditions;
    }
}
