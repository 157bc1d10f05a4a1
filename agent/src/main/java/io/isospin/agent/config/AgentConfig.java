package io.isospin.agent.config;

import io.isospin.core.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * All that the agent reads from Neutron's files.
 *
 * @param host this host's name, under which ports are bound to it
 * @param statePath where the last state and dnsmasq's files are kept
 * @param pollingInterval how often daemons are looked at
 */
public record AgentConfig(
        String host,
        Path statePath,
        Set<AgentKind> agents,
        Duration pollingInterval,
        ServerConfig server,
        LinuxBridgeConfig linuxBridge,
        DhcpConfig dhcp,
        MetadataConfig metadata) {

    /** Reads and checks each value; what is wrong stays in {@code settings} until {@link Settings#check}. */
    public static AgentConfig from(Settings settings) {
        String hostname = settings.isSet(Settings.DEFAULT, "host") ? "" : hostname(settings);
        settings.wellKnown(Settings.DEFAULT, "host", hostname)
                .wellKnown(Settings.DEFAULT, "state_path", "/var/lib/neutron");
        String host = settings.text(Settings.DEFAULT, "host", hostname);
        if (settings.isSet(Settings.DEFAULT, "host") && !host.matches("[^\\s/?#%]+")) {
            settings.fault(Settings.DEFAULT, "host", "'" + host + "' is not a host's name", "Write one word");
        }
        Path statePath = Path.of(settings.text(Settings.DEFAULT, "state_path", "/var/lib/neutron"))
                .toAbsolutePath();
        return new AgentConfig(
                host,
                statePath,
                agents(settings),
                Duration.ofSeconds(settings.integer("agent", "polling_interval", 2, 1, 3600)),
                ServerConfig.from(settings),
                LinuxBridgeConfig.from(settings),
                DhcpConfig.from(settings, statePath),
                MetadataConfig.from(settings));
    }

    private static Set<AgentKind> agents(Settings settings) {
        var kinds = EnumSet.noneOf(AgentKind.class);
        for (String word : settings.list("isospin", "agents", List.of("linuxbridge", "dhcp"))) {
            boolean known = false;
            for (AgentKind kind : AgentKind.values()) {
                if (kind.word().equals(word)) {
                    kinds.add(kind);
                    known = true;
                }
            }
            if (!known) {
                settings.fault(
                        "isospin", "agents", "there is no agent '" + word + "'", "Write linuxbridge, dhcp, metadata");
            }
        }
        return kinds;
    }

    private static String hostname(Settings settings) {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            settings.fault(Settings.DEFAULT, "host", "the hostname can't be read: " + e, "Set host");
            return "localhost";
        }
    }
}
