package io.isospin.agent.metadata;

import static io.isospin.agent.stub.Units.id;
import static io.isospin.agent.stub.Units.reservation;
import static org.assertj.core.api.Assertions.assertThat;

import io.isospin.agent.mirror.HostView;
import io.isospin.core.host.FeedMessage;
import io.isospin.core.host.HostState;
import io.isospin.core.net.IpAddress;
import io.isospin.core.net.ResourceId;
import java.util.List;
import org.junit.jupiter.api.Test;

class AskersTest {
    private static final HostView VIEW = HostView.of(
            HostState.EMPTY.with(List.of(
                    new FeedMessage.Image(List.of(
                            reservation(4, 1, 4, 3, "192.168.100.5"),
                            reservation(5, 1, 5, 3, "2001:db8::5"),
                            reservation(6, 1, 5, 3, "192.168.100.6"),
                            reservation(8, 7, 8, 9, "192.168.100.5"))),
                    new FeedMessage.At("s", 1))),
            true);

    private static List<ResourceId> found(int network, String source) {
        return Askers.find(VIEW, id(network), IpAddress.parse(source)).stream()
                .map(port -> port.port())
                .toList();
    }

    @Test
    void anAddressMeansAnotherPortOnAnotherNetwork() {
        assertThat(found(1, "192.168.100.5")).containsExactly(id(4));
        assertThat(found(7, "192.168.100.5")).containsExactly(id(8));
        assertThat(found(1, "2001:db8::5")).containsExactly(id(5));
        assertThat(found(1, "192.168.100.9")).isEmpty();
        assertThat(found(2, "192.168.100.5")).isEmpty();
    }

    @Test
    void aLinkLocalAddressSaysTheMac() {
        assertThat(found(1, "fe80::f816:3eff:fe00:4")).containsExactly(id(4));
        assertThat(found(7, "fe80::f816:3eff:fe00:4")).isEmpty();
        assertThat(found(1, "fe80::f816:3eff:fe00:5"))
                .as("two ports have that MAC")
                .isEmpty();
        assertThat(found(1, "2001:db8::f816:3eff:fe00:4")).isEmpty();
    }

    /** The vector is Python's: hmac.new(b'secret', b'instance', hashlib.sha256).hexdigest(). */
    @Test
    void instancesAreSignedAsNovaChecksIt() {
        assertThat(new Signature("secret").of("instance")).isEqualTo(SECRET_INSTANCE);
        assertThat(new Signature("").of("instance")).isEqualTo(EMPTY_INSTANCE);
    }

    private static final String SECRET_INSTANCE = "fac450cbc556373851e9f5755126936b598b1749a007d96b7e0b7f1a5cd274e9";
    private static final String EMPTY_INSTANCE = "a4dd850c2b451f0b866f7e11c529f26a3ad74f994b2e8c657a24ea8f6b09e6e3";
}
