package io.isospin.agent.mirror;

import static io.isospin.agent.stub.Units.FLAT;
import static io.isospin.agent.stub.Units.id;
import static io.isospin.agent.stub.Units.network;
import static io.isospin.agent.stub.Units.port;
import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    @TempDir
    Path directory;

    @Test
    void keepsAStateAndForgivesABrokenFile() throws IOException {
        var file = new StateFile(directory);
        assertThat(file.load()).isEqualTo(HostState.EMPTY);
        HostState state =
                HostState.EMPTY.with(List.of(new FeedMessage.Put(network(1, FLAT)), new FeedMessage.At("s", 9)));
        file.save(state);
        assertThat(file.load()).isEqualTo(state);
        Files.writeString(directory.resolve("isospin/host-state.json"), "{\"store\":\"s\",");
        assertThat(file.load()).isEqualTo(HostState.EMPTY);
    }

    @Test
    void changesNameTheirNetworksAndWhatTheServerSentOnPurpose() {
        var desired = new Desired();
        var changes = new ArrayList<Change>();
        desired.onChange(changes::add);
        desired.apply(
                List.of(new FeedMessage.Image(List.of(network(1, FLAT), port(2, 1))), new FeedMessage.At("s", 1)));
        desired.apply(List.of(new FeedMessage.At("s", 2)));
        desired.apply(List.of(
                new FeedMessage.Network(id(1), List.of(network(1, FLAT), port(2, 1), port(3, 1))),
                new FeedMessage.At("s", 3)));
        desired.apply(List.of(new FeedMessage.Put(port(2, 1)), new FeedMessage.At("s", 4)));
        assertThat(changes).hasSize(3);
        assertThat(changes.get(0).before().confirmed()).isFalse();
        assertThat(changes.get(1).renewed()).containsExactly(port(3, 1).key());
        assertThat(changes.get(2).renewed()).containsExactly(port(2, 1).key());
        assertThat(changes.get(2).networks()).containsExactly(id(1));
        assertThat(desired.view().state().revision()).isEqualTo(4);
    }
}
