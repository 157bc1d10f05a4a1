package io.isospin.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrefixSetTest {
    private static PrefixSet set(String... prefixes) {
        return PrefixSet.of(Stream.of(prefixes).map(IpPrefix::parse).toList());
    }

    private static String text(PrefixSet set) {
        return set.prefixes().stream().map(IpPrefix::toString).collect(Collectors.joining(" "));
    }

    @Test
    void neighboursAndOverlapsBecomeTheFewestPrefixes() {
        assertThat(text(set("10.0.1.0/24", "10.0.0.0/24", "10.0.0.128/25"))).isEqualTo("10.0.0.0/23");
        assertThat(text(set("10.0.1.0/24", "10.0.2.0/24"))).isEqualTo("10.0.1.0/24 10.0.2.0/24");
        assertThat(text(set("0.0.0.0/1", "128.0.0.0/1"))).isEqualTo("0.0.0.0/0");
        assertThat(text(set("2001:db8:1::/48", "2001:db8::/48"))).isEqualTo("2001:db8::/47");
    }

    @Test
    void theRestIsWhatTheOtherLacks() {
        assertThat(text(set("10.0.0.0/24").minus(set("10.0.0.64/26")))).isEqualTo("10.0.0.0/26 10.0.0.128/25");
        assertThat(text(set("10.0.0.0/24", "10.0.2.0/24").minus(set("10.0.0.0/23"))))
                .isEqualTo("10.0.2.0/24");
        assertThat(set("10.0.0.0/24").minus(set("10.0.0.0/8")).isEmpty()).isTrue();
        assertThat(text(set("::/0").minus(set("::/1")))).isEqualTo("8000::/1");
    }

    @Test
    void whatBothHaveAndWhetherOneHasAll() {
        assertThat(text(set("10.0.0.0/8").and(set("10.1.0.0/16", "11.0.0.0/8"))))
                .isEqualTo("10.1.0.0/16");
        assertThat(set("10.0.0.0/8").containsAll(set("10.1.0.0/16", "10.2.0.0/16")))
                .isTrue();
        assertThat(set("10.0.0.0/8").containsAll(set("10.0.0.0/7"))).isFalse();
        assertThat(PrefixSet.EMPTY.containsAll(PrefixSet.EMPTY)).isTrue();
    }

    @Test
    void versionsAreNotMixed() {
        assertThatThrownBy(() -> set("10.0.0.0/8", "::/0")).isInstanceOf(IllegalArgumentException.class);
    }
}
