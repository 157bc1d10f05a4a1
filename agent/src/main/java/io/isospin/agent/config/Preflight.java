package io.isospin.agent.config;

import io.isospin.core.config.Settings;
import io.isospin.linux.kernel.Observed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.regex.Pattern;

/** What the settings want of this host, looked at before anything is touched. Faults are added to the settings. */
public final class Preflight {
    private Preflight() {}

    /** Interfaces that the mappings name, and the address that tunnels start from. */
    public static void network(Settings settings, LinuxBridgeConfig config, Observed root) {
        config.mappings().forEach((physicalNetwork, name) -> {
            if (!root.links().containsKey(name)) {
                settings.fault(
                        LinuxBridgeConfig.SECTION,
                        LinuxBridgeConfig.MAPPINGS,
                        "it names " + name + " for " + physicalNetwork + ", but this host has no interface " + name,
                        "Name one of " + root.links().keySet() + ", or create " + name);
            }
        });
        boolean has = config.localIp() == null
                || root.addresses().stream().anyMatch(each -> each.address().equals(config.localIp()));
        if (!has) {
            settings.fault(
                    LinuxBridgeConfig.VXLAN,
                    LinuxBridgeConfig.LOCAL_IP,
                    "no interface of this host has the address " + config.localIp(),
                    "Set it to this host's address on the tunnel network, or add the address to an interface");
        }
    }

    public static void files(Settings settings, AgentConfig config) {
        try {
            Files.createDirectories(config.statePath());
        } catch (IOException e) {
            settings.fault(Settings.DEFAULT, "state_path", "it can't be created: " + e, "Name a directory for state");
        }
        Path configFile = config.dhcp().configFile();
        if (configFile != null && !Files.isReadable(configFile)) {
            settings.fault(
                    Settings.DEFAULT,
                    "dnsmasq_config_file",
                    "there is no readable file " + configFile,
                    "Create it, or leave the option out");
        }
        if (config.agents().contains(AgentKind.DHCP) && !isInstalled("dnsmasq")) {
            settings.fault(
                    "isospin",
                    "agents",
                    "the DHCP agent needs dnsmasq, which is not installed",
                    "Install it (Debian: apt install dnsmasq-base), or take dhcp out of agents");
        }
    }

    /** Whether a daemon that has given up root can reach files in the directory. */
    public static boolean isOpenToAll(Path directory) {
        try {
            for (Path each = directory.toRealPath(); each != null; each = each.getParent()) {
                if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("looking at the permissions of " + directory + ": " + e, e);
        }
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin:/usr/bin:/bin";
        return Pattern.compile(":")
                .splitAsStream(path)
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
