package io.isospin.cli.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.cli.failure.Failure;
import io.isospin.cli.failure.UsageFailure;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FreeAttributesTest {
    private static String read(String line) {
        return FreeAttributes.parse(List.of(line.split(" "))).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    @Test
    void valuesAreTextUnlessAnotherTypeIsNamed() {
        assertThat(read("--a x --b=y --c type=int 5 --d type=bool true --e type=bool no --f type=dict k=v,l=w"))
                .isEqualTo("a=\"x\" b=\"y\" c=5 d=true e=false f={\"k\":\"v\",\"l\":\"w\"}");
    }

    @Test
    void severalValuesMakeAList() {
        assertThat(read("--dns 8.8.8.8 8.8.4.4 --tags list=true a --n type=int 1 2 -3"))
                .isEqualTo("dns=[\"8.8.8.8\",\"8.8.4.4\"] tags=[\"a\"] n=[1,2,-3]");
    }

    @Test
    void noValueMakesTrueAndClearMakesNull() {
        assertThat(read("--router:external --gateway_ip action=clear"))
                .isEqualTo("router:external=true gateway_ip=null");
    }

    @Test
    void dashesInNamesBecomeUnderscores() {
        assertThat(read("-- --admin-state-up=False")).isEqualTo("admin_state_up=\"False\"");
    }

    @Test
    void refusesWhatCannotBeMeant() {
        for (var line : List.of("x", "--a=b c", "--a -b", "--a type=int", "---a", "--a list=true")) {
            assertThatThrownBy(() -> read(line))
                    .as(line)
                    .isInstanceOf(Failure.class)
                    .hasMessage("Invalid values_specs " + line);
        }
        assertThatThrownBy(() -> read("--a 1 --a 2")).hasMessage("Duplicated options --a 1 --a 2");
        assertThatThrownBy(() -> read("--a type=float 1"))
                .hasMessage("Invalid value_specs --a type=float 1: type float is not supported");
        assertThatThrownBy(() -> read("--a type=int x"))
                .isInstanceOf(UsageFailure.class)
                .hasMessage("argument --a: invalid int value: 'x'");
    }

    @Test
    void joinsTheListOfAKnownOption() {
        var parsed = Grammar.of("p", "")
                .having(List.of(Option.list("--dns-nameserver", "S", "").into("dns_nameservers")))
                .parse(List.of("--dns-nameserver", "1", "--dns-nameservers", "2", "3"));

        assertThat(FreeAttributes.of(parsed)).isEmpty();
        assertThat(parsed.words("dns_nameservers")).containsExactly("1", "2", "3");
    }
}
