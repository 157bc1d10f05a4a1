package io.isospin.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
    private final AtomicInteger continued = new AtomicInteger();

    private RequestReader reader(String text) {
        var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        return new RequestReader(in, Limits.STANDARD, () -> {}, continued::incrementAndGet);
    }

    private int refused(String text) throws IOException {
        try {
            reader(text).next();
            return 0;
        } catch (BadRequest e) {
            return e.status();
        }
    }

    @Test
    void requestsOfOneConnectionAreReadInTurn() throws Exception {
        var reader =
                reader("GET /latest/meta-data?x=1 HTTP/1.1\r\nHost: 169.254.169.254\r\nX-Instance-ID:\t forged \r\n\r\n"
                        + "\r\nPOST /openstack/latest/password HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
                        + "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n"
                        + "GET http://169.254.169.254/latest HTTP/1.0\r\n\r\n");
        Request first = Objects.requireNonNull(reader.next());
        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.target()).isEqualTo("/latest/meta-data?x=1");
        assertThat(first.header("x-instance-id")).contains("forged");
        assertThat(first.keepsAlive()).isTrue();
        Request second = Objects.requireNonNull(reader.next());
        assertThat(second.body()).asString().isEqualTo("hello");
        assertThat(continued).hasValue(0);
        Request third = Objects.requireNonNull(reader.next());
        assertThat(third.body()).asString().isEqualTo("abcde");
        assertThat(continued).hasValue(1);
        Request fourth = Objects.requireNonNull(reader.next());
        assertThat(fourth.target()).isEqualTo("/latest");
        assertThat(fourth.keepsAlive()).isFalse();
        assertThat(reader.next()).isNull();
    }

    /** {@code \n} in a cell stands for CR LF, {@code |} for a bare line feed. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "400, GET / HTTP/1.1\\nHost: x\\nContent-Length: 3\\nTransfer-Encoding: chunked\\n\\n0\\n\\n",
                "400, GET / HTTP/1.1\\nHost: x\\nTransfer-Encoding: chunked\\nContent-Length: 3\\n\\n0\\n\\n",
                "400, GET / HTTP/1.1\\nHost: x\\nContent-Length: 3\\nContent-Length: 3\\n\\nabc",
                "400, \"GET / HTTP/1.1\\nHost: x\\nContent-Length: 3,3\\n\\nabc\"",
                "400, GET / HTTP/1.1\\nHost: x\\nContent-Length: +3\\n\\nabc",
                "400, GET / HTTP/1.1\\nHost: x\\nContent-Length: -3\\n\\nabc",
                "400, GET / HTTP/1.0\\nTransfer-Encoding: chunked\\n\\n0\\n\\n",
                "501, \"GET / HTTP/1.1\\nHost: x\\nTransfer-Encoding: gzip, chunked\\n\\n0\\n\\n\"",
                "400, GET / HTTP/1.1\\nHost: x\\nTransfer-Encoding: chunked\\n\\n3\\nabcd\\n0\\n\\n",
                "400, GET / HTTP/1.1\\nHost: x\\nTransfer-Encoding: chunked\\n\\n-1\\n\\n",
                "413, GET / HTTP/1.1\\nHost: x\\nTransfer-Encoding: chunked\\n\\nfffffff\\nabc",
                "413, GET / HTTP/1.1\\nHost: x\\nContent-Length: 65537\\n\\nabc",
                "413, GET / HTTP/1.1\\nHost: x\\nContent-Length: 999999999999999999\\n\\nabc",
                "400, GET / HTTP/1.1\\nContent-Type: x\\n\\n",
                "400, GET / HTTP/1.1\\nHost: x\\nHost: x\\n\\n",
                "400, GET / HTTP/1.1\\nHost : x\\n\\n",
                "400, GET / HTTP/1.1\\nHost: x\\n folded: y\\n\\n",
                "400, GET / HTTP/1.1\\nno header\\n\\n",
                "400, GET / HTTP/1.1|Host: x||",
                "400, GET  / HTTP/1.1\\nHost: x\\n\\n",
                "400, GET /\\nHost: x\\n\\n",
                "400, GET latest HTTP/1.1\\nHost: x\\n\\n",
                "400, GET /a#b HTTP/1.1\\nHost: x\\n\\n",
                "400, GET * HTTP/1.1\\nHost: x\\n\\n",
                "505, GET / HTTP/2.0\\nHost: x\\n\\n",
                "505, GET / HTTP/1.2\\nHost: x\\n\\n",
            })
    void whatTwoReadersMightTakeForDifferentRequestsIsRefused(int status, String request) throws IOException {
        assertThat(refused(request.replace("\\n", "\r\n").replace('|', '\n'))).isEqualTo(status);
    }

    @Test
    void whatIsTooLongIsRefused() throws IOException {
        assertThat(refused("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .isEqualTo(414);
        assertThat(refused("GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(20_000) + "\r\n\r\n"))
                .isEqualTo(431);
        assertThat(refused("GET / HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(101) + "\r\n"))
                .isEqualTo(431);
    }

    @Test
    void aRequestThatBreaksOffIsNone() {
        for (String text : new String[] {"GET", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nab"}) {
            assertThatThrownBy(() -> reader(text).next()).isInstanceOf(EOFException.class);
        }
    }
}
