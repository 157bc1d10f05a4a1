package io.isospin.cli.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.cli.failure.UsageFailure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrammarTest {
    private static final Grammar GRAMMAR = Grammar.of("neutron thing-create", "Makes a thing.")
            .having(List.of(
                    Option.value("--name", "NAME", ""),
                    Option.value("--tenant-id", "TENANT", ""),
                    Option.flag("--shared", ""),
                    Option.value("--gateway", "GATEWAY", "").insteadOf("gateway"),
                    Option.flag("--no-gateway", "").insteadOf("gateway"),
                    Option.value("--format", "", "").or("-f").oneOf("json", "table"),
                    Option.list("--pool", "start=A,end=B", "").read(Reading.pairs(Set.of("start", "end"), Set.of()))))
            .taking(List.of(
                    Positional.one("network", "NETWORK", ""),
                    new Positional("cidr", "CIDR", Positional.Count.OPTIONAL, "")));

    private static Parsed parse(String line) {
        return GRAMMAR.parse(List.of(line.split(" ")));
    }

    @Test
    void takesOptionsBeforeBetweenAndBehindWords() {
        var parsed = parse("--shared net 10.0.0.0/8 --name=x -fjson --tenant_id t");

        assertThat(parsed.flag("shared")).isTrue();
        assertThat(parsed.word("network")).isEqualTo("net");
        assertThat(parsed.word("cidr")).isEqualTo("10.0.0.0/8");
        assertThat(parsed.word("name")).isEqualTo("x");
        assertThat(parsed.word("format")).isEqualTo("json");
        assertThat(parsed.word("tenant_id")).isEqualTo("t");
        assertThat(parsed.rest()).isEmpty();
    }

    @Test
    void keepsWhatItDoesNotKnowInItsOrder() {
        var parsed = parse("net --router:external=True 10.0.0.0/8 --dns a b --name n");

        assertThat(parsed.rest()).containsExactly("--router:external=True", "10.0.0.0/8", "--dns", "a", "b");
        assertThat(parsed.word("name")).isEqualTo("n");
    }

    @Test
    void takesShortenedOptionsWhileTheyAreUnique() {
        assertThat(parse("net --na x").word("name")).isEqualTo("x");
        assertThatThrownBy(() -> Grammar.of("p", "")
                        .having(List.of(Option.value("--sort-key", "", ""), Option.value("--sort-dir", "", "")))
                        .parse(List.of("--sort", "x")))
                .hasMessage("ambiguous option: --sort could match --sort-key, --sort-dir");
    }

    @Test
    void lastsValuesReplaceEarlierOnesAndListsGrow() {
        var parsed = parse("net --name a --name b --pool start=1,end=2 --pool start=3,end=4");

        assertThat(parsed.word("name")).isEqualTo("b");
        assertThat(parsed.value("pool").orElseThrow().toString())
                .isEqualTo("[{\"start\":\"1\",\"end\":\"2\"},{\"start\":\"3\",\"end\":\"4\"}]");
    }

    @Test
    void negativeNumbersAreValues() {
        assertThat(parse("net --name -5").word("name")).isEqualTo("-5");
    }

    @Test
    void everythingBehindTwoDashesIsFree() {
        assertThat(parse("net --unknown -- --name x").rest()).containsExactly("--", "--name", "x");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> parse("--shared"))
                .isInstanceOf(UsageFailure.class)
                .hasMessage("the following arguments are required: NETWORK");
        assertThatThrownBy(() -> parse("n --name")).hasMessage("argument --name: expected one argument");
        assertThatThrownBy(() -> parse("n --shared=False"))
                .hasMessage("argument --shared: ignored explicit argument 'False'");
        assertThatThrownBy(() -> parse("n -f xml"))
                .hasMessage("argument -f/--format: invalid choice: 'xml' (choose from 'json', 'table')");
        assertThatThrownBy(() -> parse("n --gateway 1 --no-gateway"))
                .hasMessage("argument --no-gateway: not allowed with argument --gateway");
        assertThatThrownBy(() -> parse("n --pool start=1"))
                .hasMessage("argument --pool: Required key(s) 'end' not specified.");
        assertThatThrownBy(() -> parse("n --pool start=1,end=2,x=3"))
                .hasMessage("argument --pool: Invalid key(s) 'x' specified. Valid key(s): 'end, start'.");
    }

    @Test
    void usageWrapsAndJoinsRivals() {
        assertThat(Usage.of(GRAMMAR)).isEqualTo("""
                usage: neutron thing-create [-h] [--name NAME] [--tenant-id TENANT] [--shared]
                                            [--gateway GATEWAY | --no-gateway]
                                            [-f {json,table}] [--pool start=A,end=B]
                                            NETWORK [CIDR]
                """);
    }
}
