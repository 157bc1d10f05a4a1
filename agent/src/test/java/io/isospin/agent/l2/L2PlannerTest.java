package io.isospin.agent.l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every folder in {@code plans} is a case: from {@code current} to {@code desired} by {@code operations}. */
class L2PlannerTest {
    @TestFactory
    Stream<DynamicTest> plans() throws IOException, URISyntaxException {
        Path plans = Path.of(Objects.requireNonNull(L2PlannerTest.class.getResource("/plans"))
                .toURI());
        List<Path> folders;
        try (Stream<Path> all = Files.list(plans)) {
            folders = all.sorted().toList();
        }
        return folders.stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    /** With -Dbless=DIRECTORY the plans are written there instead, to be read before they are committed. */
    private static void check(Path folder) throws IOException {
        String actual = PlanFolder.plan(read(folder, "current"), read(folder, "desired"));
        String bless = System.getProperty("bless");
        if (bless != null) {
            Files.writeString(
                    Path.of(bless, folder.getFileName().toString(), "operations"),
                    actual.isEmpty() ? "" : actual + "\n");
            return;
        }
        assertThat(actual.lines())
                .containsExactlyElementsOf(read(folder, "operations").lines().toList());
    }

    private static String read(Path folder, String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
