package io.isospin.lab.compute.metadata;

import io.isospin.core.net.IpAddress;
import io.isospin.core.net.IpVersion;
import io.isospin.lab.compute.Instance;
import io.isospin.lab.compute.instance.GuestSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** EC2's tree of metadata, as Nova has it: what a path leads to is printed, and a folder as the names in it. */
final class Ec2Metadata {
    static final List<String> VERSIONS = List.of(
            "1.0",
            "2007-01-19",
            "2007-03-01",
            "2007-08-29",
            "2007-10-10",
            "2007-12-15",
            "2008-02-01",
            "2008-09-01",
            "2009-04-04",
            "latest");

    /** Nova's [api] dhcp_domain, as it is where nobody sets it. */
    private static final String DOMAIN = ".novalocal";

    /** A folder's name as a folder of it is shown, where that differs: {@code 0=mykey}. */
    private record Folder(String shown, Map<String, Object> items) {}

    private Ec2Metadata() {}

    static String hostname(Instance instance) {
        return instance.hostname() + DOMAIN;
    }

    /** What {@code path} below {@code meta-data} leads to, as text; empty where there is nothing. */
    static Optional<String> print(Instance instance, GuestSettings settings, List<String> path) {
        Object here = new Folder("", tree(instance, settings));
        for (String step : path) {
            if (!(here instanceof Folder folder) || !folder.items().containsKey(step)) {
                return Optional.empty();
            }
            here = folder.items().get(step);
        }
        return Optional.of(here instanceof Folder folder ? print(folder) : here.toString());
    }

    private static String print(Folder folder) {
        var lines = new ArrayList<String>();
        folder.items()
                .forEach((name, item) -> lines.add(
                        item instanceof Folder inner ? inner.shown().isEmpty() ? name + "/" : inner.shown() : name));
        return String.join("\n", lines);
    }

    private static Map<String, Object> tree(Instance instance, GuestSettings settings) {
        var tree = new TreeMap<String, Object>();
        String hostname = hostname(instance);
        tree.put("ami-id", "ami-00000001");
        tree.put("ami-launch-index", Integer.toString(instance.launchIndex()));
        tree.put("ami-manifest-path", "FIXME");
        tree.put("block-device-mapping", folder("ami", "vda", "root", "/dev/vda"));
        tree.put("hostname", hostname);
        tree.put("instance-action", "none");
        tree.put("instance-id", String.format(Locale.ROOT, "i-%08x", instance.number()));
        tree.put("instance-type", instance.flavor().name());
        tree.put("local-hostname", hostname);
        tree.put("local-ipv4", address(instance));
        tree.put("placement", folder("availability-zone", settings.availabilityZone()));
        tree.put("public-hostname", hostname);
        tree.put("public-ipv4", "");
        tree.put("reservation-id", instance.reservation());
        tree.put("security-groups", "");
        if (!settings.keys().isEmpty()) {
            var keys = new TreeMap<String, Object>();
            for (int i = 0; i < settings.keys().size(); i++) {
                var key = settings.keys().get(i);
                keys.put(
                        Integer.toString(i),
                        new Folder(i + "=" + key.name(), new TreeMap<>(Map.of("openssh-key", key.publicKey()))));
            }
            tree.put("public-keys", new Folder("", keys));
        }
        return tree;
    }

    private static Folder folder(String... items) {
        var map = new TreeMap<String, Object>();
        for (int i = 0; i < items.length; i += 2) {
            map.put(items[i], items[i + 1]);
        }
        return new Folder("", map);
    }

    private static String address(Instance instance) {
        return instance.vifs().stream()
                .flatMap(vif -> vif.addresses().stream())
                .filter(address -> address.version() == IpVersion.V4)
                .findFirst()
                .map(IpAddress::toString)
                .orElse("");
    }
}
