package io.isospin.lab.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of Isospin's own programs as it is started in a host: its jar, and the flags of {@code scripts/jvm/NAME.args},
 * which are those that its cache was trained with.
 */
public record Program(String name, List<String> arguments) {

    static Program server() {
        return new Program(
                "server",
                List.of(
                        "--config-file", "/etc/neutron/neutron.conf",
                        "--config-file", "/etc/neutron/plugins/ml2/ml2_conf.ini"));
    }

    static Program agent(boolean dhcp) {
        var arguments = new ArrayList<>(List.of(
                "--config-file", "/etc/neutron/neutron.conf",
                "--config-file", "/etc/neutron/plugins/ml2/linuxbridge_agent.ini"));
        if (dhcp) {
            arguments.addAll(List.of(
                    "--config-file",
                    "/etc/neutron/dhcp_agent.ini",
                    "--config-file",
                    "/etc/neutron/metadata_agent.ini"));
        }
        return new Program("agent", List.copyOf(arguments));
    }

    /** The words that start it; {@code home} is the checkout. */
    public List<String> words(Path home, String version) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path flags = home.resolve("scripts/jvm/" + name + ".args");
        if (Files.exists(flags)) {
            words.add("@" + flags);
        }
        Path cache = home.resolve("target/dist/" + name + ".aot");
        if (Files.exists(cache)) {
            words.add("-XX:AOTCache=" + cache);
        }
        words.add("-jar");
        words.add(home.resolve("target/dist/lib/isospin-" + name + "-" + version + ".jar")
                .toString());
        words.addAll(arguments);
        return List.copyOf(words);
    }
}
