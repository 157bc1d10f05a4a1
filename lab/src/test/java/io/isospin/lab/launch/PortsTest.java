package io.isospin.lab.launch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isospin.lab.Cloud;
import io.isospin.lab.host.LabException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void a_port_that_another_program_has_is_named_before_anything_is_made() throws Exception {
        var free = Cloud.freePorts(6);
        var ports = new Ports(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4), free.get(5));
        assertThatCode(ports::requireFree).doesNotThrowAnyException();
        try (var other = new ServerSocket(free.get(2), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("Port " + other.getLocalPort() + " on 127.0.0.1 is taken")
                    .hasMessageContaining("ss -ltnp");
        }
    }
}
