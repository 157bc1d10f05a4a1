package io.isospin.agent.l2;

import io.isospin.core.net.InterfaceName;
import java.util.Collection;
import java.util.regex.Pattern;

/** Which devices an agent could have made, by their names. Nothing else is ever removed. */
final class Names {
    private static final Pattern BRIDGE = Pattern.compile("brq[0-9a-f]{8}-[0-9a-f]{2}");
    private static final Pattern TAP = Pattern.compile("tap[0-9a-f]{8}-[0-9a-f]{2}");
    private static final Pattern TUNNEL = Pattern.compile("vxlan-[0-9]{1,8}");
    private static final Pattern TAGGED = Pattern.compile("(.+)\\.[0-9]{1,4}");

    private Names() {}

    static boolean isBridge(InterfaceName name) {
        return BRIDGE.matcher(name.value()).matches();
    }

    static boolean isTap(InterfaceName name) {
        return TAP.matcher(name.value()).matches();
    }

    static boolean isTunnel(InterfaceName name) {
        return TUNNEL.matcher(name.value()).matches();
    }

    static boolean isTagged(InterfaceName name, Collection<InterfaceName> trunks) {
        var matcher = TAGGED.matcher(name.value());
        return matcher.matches() && trunks.contains(new InterfaceName(matcher.group(1)));
    }
}
