package io.isospin.agent.metadata;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 requests from a connection, one after the other (RFC 9112). Strict wherever two readers might disagree
 * about where a request ends, as the one behind this might.
 */
final class RequestReader {
    /** A token of RFC 9110, which methods and names of headers are. */
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    private static final Pattern REQUEST_LINE = Pattern.compile("(" + TOKEN + ") (\\S+) HTTP/(\\d)\\.(\\d)");
    private static final Pattern HEADER = Pattern.compile("(" + TOKEN + "):[ \\t]*(.*?)[ \\t]*");
    private static final Pattern ABSOLUTE = Pattern.compile("[Hh][Tt][Tt][Pp]://[^/?#]+(.*)");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \\t]*(?:;.*)?");

    private final InputStream in;
    private final Limits limits;
    private final Runnable begun;
    private final Runnable expectsContinue;
    private int left;

    /**
     * @param begun called when a request's first byte has come
     * @param expectsContinue called when the guest waits to be told to send the body (100 Continue)
     */
    RequestReader(InputStream in, Limits limits, Runnable begun, Runnable expectsContinue) {
        this.in = in;
        this.limits = limits;
        this.begun = begun;
        this.expectsContinue = expectsContinue;
    }

    /** The next request; null where the guest has ended the connection instead. */
    @Nullable
    Request next() throws IOException, BadRequest {
        left = limits.head();
        int first = in.read();
        if (first < 0) {
            return null;
        }
        begun.run();
        String line = line(first, 414);
        if (line.isEmpty()) {
            line = line(in.read(), 414); // an empty line before a request is passed over: RFC 9112, 2.2
        }
        Matcher matcher = REQUEST_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new BadRequest(400, "the request line is not one of HTTP/1.1");
        }
        if (!matcher.group(3).equals("1") || matcher.group(4).compareTo("1") > 0) {
            throw new BadRequest(505, "this speaks HTTP/1.1");
        }
        int minor = Integer.parseInt(matcher.group(4));
        String target = target(matcher.group(2));
        Map<String, String> headers = headers(minor);
        return new Request(matcher.group(1), target, minor, headers, body(minor, headers));
    }

    private static String target(String text) throws BadRequest {
        Matcher absolute = ABSOLUTE.matcher(text);
        String target = absolute.matches() ? absolute.group(1) : text;
        if (absolute.matches() && !target.startsWith("/")) {
            target = "/" + target;
        }
        boolean visible = target.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '#');
        if (!target.startsWith("/") || !visible) {
            throw new BadRequest(400, "the request asks for no path");
        }
        return target;
    }

    private Map<String, String> headers(int minor) throws IOException, BadRequest {
        var headers = new HashMap<String, String>();
        int count = 0;
        int hosts = 0;
        for (String line = line(in.read(), 431); !line.isEmpty(); line = line(in.read(), 431)) {
            if (++count > limits.headers()) {
                throw new BadRequest(431, "there are more headers than " + limits.headers());
            }
            Matcher matcher = HEADER.matcher(line);
            if (!matcher.matches()) {
                throw new BadRequest(400, "a line is no header");
            }
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            String before = headers.put(name, matcher.group(2));
            boolean framing = name.equals("content-length") || name.equals("transfer-encoding");
            if (framing && before != null) {
                throw new BadRequest(400, "the request says twice how long it is");
            }
            hosts += name.equals("host") ? 1 : 0;
        }
        if (hosts > 1 || (hosts == 0 && minor == 1)) {
            throw new BadRequest(400, "the request must name one host");
        }
        return headers;
    }

    private byte[] body(int minor, Map<String, String> headers) throws IOException, BadRequest {
        String length = headers.get("content-length");
        String coding = headers.get("transfer-encoding");
        if (length == null && coding == null) {
            return new byte[0];
        }
        if (coding != null && (length != null || minor == 0)) {
            throw new BadRequest(400, "the request says in two ways how long it is");
        }
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            throw new BadRequest(501, "there is no transfer coding but chunked");
        }
        if (length != null && !length.matches("[0-9]{1,18}")) {
            throw new BadRequest(400, "the length is no number");
        }
        if (length != null && Long.parseLong(length) > limits.body()) {
            throw tooLarge();
        }
        if (minor == 1 && "100-continue".equalsIgnoreCase(headers.get("expect"))) {
            expectsContinue.run();
        }
        return length == null ? chunks() : exactly(Integer.parseInt(length));
    }

    private BadRequest tooLarge() {
        return new BadRequest(413, "the body is longer than " + limits.body() + " bytes");
    }

    private byte[] chunks() throws IOException, BadRequest {
        var body = new ByteArrayOutputStream();
        while (true) {
            left = limits.head();
            Matcher matcher = CHUNK.matcher(line(in.read(), 400));
            if (!matcher.matches()) {
                throw new BadRequest(400, "a chunk says no length");
            }
            int length = Integer.parseInt(matcher.group(1), 16);
            if (length == 0) {
                break;
            }
            if (body.size() + length > limits.body()) {
                throw tooLarge();
            }
            body.writeBytes(exactly(length));
            if (!line(in.read(), 400).isEmpty()) {
                throw new BadRequest(400, "a chunk is longer than it said");
            }
        }
        while (!line(in.read(), 431).isEmpty()) {
            // Trailers say nothing that is gone by here; their bytes count to the bound of a head.
        }
        return body.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the guest ended within a body");
        }
        return bytes;
    }

    /** A line that begins with {@code next} and ends with CR LF, which are left out. */
    private String line(int next, int tooLong) throws IOException, BadRequest {
        var bytes = new ByteArrayOutputStream(80);
        int here = next;
        while (here != '\r') {
            if (here < 0) {
                throw new EOFException("the guest ended within a request");
            }
            boolean control = (here < 0x20 && here != '\t') || here == 0x7f;
            if (control) {
                throw new BadRequest(400, "a line has a control character, or ends without CR LF");
            }
            if (--left < 0) {
                throw new BadRequest(tooLong, "the request is longer than " + limits.head() + " bytes");
            }
            bytes.write(here);
            here = in.read();
        }
        if (in.read() != '\n') {
            throw new BadRequest(400, "a line ends without CR LF");
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
