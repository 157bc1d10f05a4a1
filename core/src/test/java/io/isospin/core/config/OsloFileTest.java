package io.isospin.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OsloFileTest {
    private static final Path FILE = Path.of("any.conf");

    @Provide
    Arbitrary<Map<String, String>> assignments() {
        var key = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('_')
                .ofMinLength(1)
                .ofMaxLength(12);
        var value = Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('"', '\'')
                .ofMaxLength(30);
        return Arbitraries.maps(key, value).ofMaxSize(20);
    }

    @Property
    void whatIsWrittenIsRead(@ForAll("assignments") Map<String, String> assignments) {
        var lines = new ArrayList<String>();
        lines.add("[s]");
        assignments.forEach((key, value) -> lines.add(key + " = " + value));
        var faults = new ArrayList<Fault>();
        var read = OsloFile.parse(FILE, lines, faults);
        assertThat(faults).isEmpty();
        assertThat(read).hasSameSizeAs(assignments.entrySet());
        assertThat(read).allSatisfy(entry -> assertThat(entry.value()).isEqualTo(assignments.get(entry.key())));
    }

    @Property
    void anyTextIsEitherReadOrReportedWithItsLine(@ForAll List<String> texts) {
        var lines = texts.stream().flatMap(String::lines).toList();
        var faults = new ArrayList<Fault>();
        var read = OsloFile.parse(FILE, lines, faults);
        assertThat(read.size() + faults.size()).isLessThanOrEqualTo(lines.size());
        assertThat(faults).allSatisfy(fault -> assertThat(fault.where()).matches("any\\.conf:\\d+"));
        assertThat(read).allSatisfy(entry -> assertThat(entry.line()).isBetween(1, lines.size()));
    }
}
