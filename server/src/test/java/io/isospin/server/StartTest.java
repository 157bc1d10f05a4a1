package io.isospin.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.core.config.ConfigException;
import io.isospin.core.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    @TempDir
    Path folder;

    private Path config(String folderName, String more) throws IOException {
        var own = Files.createDirectory(folder.resolve(folderName));
        return Files.writeString(own.resolve("neutron.conf"), Api.config(own) + more);
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (var first = Server.start(Settings.read(List.of(config("first", ""))))) {
            var second = config("second", "[DEFAULT]\nbind_port = " + first.port() + "\n");
            assertThatThrownBy(() -> Server.start(Settings.read(List.of(second))))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("127.0.0.1:" + first.port())
                    .hasMessageContaining("bind_port");
        }
    }

    @Test
    void everyFaultOfTheFilesIsToldAtOnce() throws IOException {
        var file = config("bad", """
                nonsense
                [DEFAULT]
                bind_port = abc
                base_mac = x
                [ml2_type_vlan]
                network_vlan_ranges = p:9:3
                [database]
                connection = postgresql://x
                """);
        assertThatThrownBy(() -> Server.start(Settings.read(List.of(file))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nonsense")
                .hasMessageContaining("bind_port: 'abc'")
                .hasMessageContaining("base_mac")
                .hasMessageContaining("p:9:3")
                .hasMessageContaining("[database] connection");
    }
}
