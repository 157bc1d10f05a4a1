package io.isospin.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationTest {
    @TempDir
    Path folder;

    private List<String> explained(String text) throws IOException {
        var settings = Settings.read(List.of(Files.writeString(folder.resolve("neutron.conf"), text)));
        settings.integer("DEFAULT", "bind_port", 9696, 0, 65_535);
        settings.text("database", "connection", "");
        return Explanation.of(settings).stream()
                .map(line -> line.line() + " | " + line.verdict().words() + " | " + line.why())
                .toList();
    }

    @Test
    void everyLineIsExplained() throws IOException {
        assertThat(explained("""
                        [DEFAULT]
                        bind_port = 9697
                        transport_url = rabbit://openstack:secret@controller
                        api_workers = 4
                        allow_bulk = true
                        dhcp_agents_per_network = 2
                        bind_prot = 1
                        [database]
                        connection = mysql+pymysql://neutron:pa:ss@db/neutron
                        """))
                .containsExactly(
                        "[DEFAULT] bind_port = 9697 | honoured | ",
                        "[DEFAULT] transport_url = rabbit://openstack:***@controller | not applicable |"
                                + " there is no message bus: agents hold a stream to the server",
                        "[DEFAULT] api_workers = 4 | not applicable |"
                                + " one process serves with a thread for each request",
                        "[DEFAULT] allow_bulk = true | default | holds without it",
                        "[DEFAULT] dhcp_agents_per_network = 2 | not honoured | this program does not go by it",
                        "[DEFAULT] bind_prot = 1 | unknown |"
                                + " Neutron has no such option; is [DEFAULT] bind_port meant?",
                        "[database] connection = mysql+pymysql://neutron:***@db/neutron | honoured | ");
    }

    @Test
    void aWrongValueAndAMalformedLineAreWrong() throws IOException {
        assertThat(explained("[DEFAULT]\nbind_port = many\nnonsense\n"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("[DEFAULT] bind_port = many | wrong | ")
                        .contains("whole number"))
                .anySatisfy(line -> assertThat(line).contains("| wrong |").contains("nonsense"));
    }

    @Test
    void ofTwoLinesTheLaterCounts() throws IOException {
        assertThat(explained("[DEFAULT]\nbind_port = 1\nbind_port = 2\n"))
                .containsExactly(
                        "[DEFAULT] bind_port = 1 | overridden | a later line counts",
                        "[DEFAULT] bind_port = 2 | honoured | ");
    }

    @Test
    void anOptionInTheWrongSectionIsFound() throws IOException {
        assertThat(explained("[DEFAULT]\nvni_ranges = 1:10\n"))
                .containsExactly("[DEFAULT] vni_ranges = 1:10 | unknown |"
                        + " Neutron has no such option; is [ml2_type_vxlan] vni_ranges meant?");
    }
}
