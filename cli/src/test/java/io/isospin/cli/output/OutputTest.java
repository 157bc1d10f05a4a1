package io.isospin.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.cli.api.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTest {
    @Test
    void drawsCellsOfSeveralLinesAndNumbersAtTheRight() {
        var table = new Table(List.of("name", "port"), List.of(false, true));
        table.add(List.of("a\nbb", "5"));

        assertThat(table.draw(0, 8)).isEqualTo("""
                +------+------+
                | name | port |
                +------+------+
                | a    |    5 |
                | bb   |      |
                +------+------+
                """);
    }

    @Test
    void hangulTakesTwoColumns() {
        var table = new Table(List.of("n"), List.of(false));
        table.add(List.of("네트워크"));
        table.add(List.of("abc"));

        assertThat(table.draw(0, 8)).isEqualTo("""
                +----------+
                | n        |
                +----------+
                | 네트워크 |
                | abc      |
                +----------+
                """);
    }

    @Test
    void narrowsWideColumnsByWrapping() {
        var table = new Table(List.of("Field", "Value"), List.of(false, false));
        table.add(List.of("id", "4fd51214-6af7-4727-a32e-ea99b5701c8d"));
        table.add(List.of("text", "one two three four five six seven"));

        assertThat(table.draw(38, 16)).isEqualTo("""
                +-------+----------------------------+
                | Field | Value                      |
                +-------+----------------------------+
                | id    | 4fd51214-6af7-4727-a32e-   |
                |       | ea99b5701c8d               |
                | text  | one two three four five    |
                |       | six seven                  |
                +-------+----------------------------+
                """);
    }

    @Test
    void aTableWithoutColumnsIsFourRules() {
        assertThat(new Table(List.of(), List.of()).draw(0, 8)).isEqualTo("++\n||\n++\n++\n");
    }

    @Test
    void yamlQuotesWhatWouldBeReadAsAnotherType() {
        var value = Json.read("""
                {"b":"true","a":"2026-11-23T23:44:58Z","c":"","d":null,"e":["x: y","fa:16:3e:00:00:09","12"],
                "f":[{"end":"10.0.0.9","start":"10.0.0.2"}],"g":[],"h":{},"i":5,"j":"한"}""");

        assertThat(Yaml.write(value)).isEqualTo("""
                a: '2026-11-23T23:44:58Z'
                b: 'true'
                c: ''
                d: null
                e:
                - 'x: y'
                - fa:16:3e:00:00:09
                - '12'
                f:
                - end: 10.0.0.9
                  start: 10.0.0.2
                g: []
                h: {}
                i: 5
                j: "\\uD55C"
                """);
    }

    @Test
    void csvQuotesAsAsked() {
        var row = List.of(Json.read("\"a,\\\"b\\\"\""), Json.read("5"), Json.read("true"), Json.read("[\"x\"]"));

        assertThat(new Csv("nonnumeric").row(row))
                .isEqualTo("\"a,\"\"b\"\"\",5,true,\"['x']\"\n".replace("true", "True"));
        assertThat(new Csv("all").row(row)).isEqualTo("\"a,\"\"b\"\"\",\"5\",\"True\",\"['x']\"\n");
        assertThat(new Csv("minimal").row(row)).isEqualTo("\"a,\"\"b\"\"\",5,True,['x']\n");
        assertThat(new Csv("none").row(row)).isEqualTo("a\\,\\\"b\\\",5,True,['x']\n");
    }

    @Test
    void jsonIsAsciiAndIndented() {
        assertThat(new PythonJson(0).write(Json.read("{\"a\":[1,\"é\"],\"b\":{}}")))
                .isEqualTo("{\"a\": [1, \"\\u00e9\"], \"b\": {}}");
        assertThat(new PythonJson(2).write(Json.read("{\"a\":[1]}"))).isEqualTo("{\n  \"a\": [\n    1\n  ]\n}");
    }
}
