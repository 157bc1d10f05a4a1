package io.isospin.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.agent.metadata.ManyNetworks;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetadataMemoryTest {
    /** {@code -Disospin.metadata.networks=1000} measures what the target speaks of; a few do for every day. */
    private static final int NETWORKS = Integer.getInteger("isospin.metadata.networks", 100);

    private static final int KB_OF_A_NETWORK = 50;
    private static final int KB_OF_THE_FIRST = 5_000;

    @Test
    void aNetworksMetadataTakesUnderFiftyKilobytes() {
        try (var host = new ThrowawayHost()) {
            String said = host.run(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    ManyNetworks.class.getName(),
                    Integer.toString(NETWORKS));
            System.out.println("measured: " + said.strip());
            var matcher = Pattern.compile(NETWORKS + " networks: (-?\\d+) kB").matcher(said);
            assertThat(matcher.find()).as(said).isTrue();
            assertThat(Integer.parseInt(matcher.group(1))).isLessThan(KB_OF_THE_FIRST + NETWORKS * KB_OF_A_NETWORK);
        }
    }
}
