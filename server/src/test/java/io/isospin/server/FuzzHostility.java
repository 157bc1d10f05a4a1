package io.isospin.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Requests as no client sends them, over a socket of their own, since a client would not write them so. */
final class FuzzHostility {
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int PIECE = 16 << 10;
    private static final List<String> SEGMENTS = List.of(
            "%",
            "%zz",
            "%00",
            "%c0%af",
            "%ff%fe",
            "..",
            "%2e%2e",
            "..%2f..%2f",
            "'%20OR%201=1--",
            "%20",
            "%0d%0aX:%20y",
            "a".repeat(3000),
            "{id}",
            "%ed%a0%80",
            "+",
            ";jsessionid=1",
            "%F0%9F%8E%89",
            ".json",
            "*",
            "0");

    private static final List<String> QUERIES = List.of(
            "limit=-1",
            "limit=99999999999999999999",
            "limit=1&marker=%00",
            "fields=%00&fields=",
            "sort_key=",
            "sort_key=id&sort_dir=",
            "sort_dir=asc",
            "sort_key=id&sort_key=id",
            "&&&&",
            "=",
            "=x",
            "a=b=c",
            "%",
            "%zz=1",
            "name=%ff",
            "name=%00",
            "name=%ED%A0%80",
            "tags=,,,",
            "tags=&tags-any=&not-tags=&not-tags-any=",
            "fixed_ips=",
            "fixed_ips=ip_address=",
            "fixed_ips=ip_address=%25&fixed_ips=ip_address_substr=%25",
            "fixed_ips=ip_address_substr=_",
            "shared=",
            "shared=maybe",
            "id='",
            "id=" + "x".repeat(5000),
            "tenant_id=&project_id=",
            "mtu=1e9",
            "mtu=-1",
            "provider:segmentation_id=9999999999",
            "name=%5B%5D",
            "page_reverse=perhaps",
            "marker=&limit=1",
            "revision_number=x",
            "admin_state_up=%F0%9F%8E%89",
            "sort_key=tags",
            "sort_key=created_at&limit=1&page_reverse=true",
            "id=a&".repeat(700) + "id=b");

    private static final List<String> VALUES = List.of(
            "",
            "0",
            "-1",
            "1.5",
            "99999999999999999999",
            "true",
            "None",
            "null",
            "%00",
            "%EF%BF%BD",
            "%ED%A0%80",
            "%F0%9F%8E%89",
            "'",
            "%22",
            "%5C",
            "%25",
            "_",
            "%5B%5D",
            "%7B%7D",
            "id",
            "asc",
            "2026-01-01",
            "x".repeat(4000),
            "%0A",
            "a,b,,c");

    private static final List<String> BODIES = List.of(
            "",
            "{",
            "}",
            "[]",
            "null",
            "1",
            "\"x\"",
            "{}",
            "{\"MEMBER\":null}",
            "{\"MEMBER\":[]}",
            "{\"MEMBER\":\"x\"}",
            "{\"MEMBERs\":[]}",
            "{\"MEMBERs\":[null]}",
            "{\"MEMBERs\":{}}",
            "{\"MEMBER\":{},\"MEMBER\":{}}",
            "{\"MEMBER\":{\"name\":\"a\",\"name\":\"b\"}}",
            "{\"MEMBER\":{\"name\":\"\\ud800\"}}",
            "{\"MEMBER\":{\"name\":\"\\u0000\"}}",
            "{\"MEMBER\":{\"description\":\"\\u0001\\u001f\"}}",
            "{\"MEMBER\":{\"name\":1e999999999}}",
            "{\"MEMBER\":{\"mtu\":1e400}}",
            "{\"MEMBER\":{\"mtu\":NaN}}",
            "{\"MEMBER\":{\"name\":" + "9".repeat(2000) + "}}",
            "[".repeat(5000),
            "[".repeat(900) + "]".repeat(900),
            "{\"a\":".repeat(900) + "1" + "}".repeat(900),
            "{\"MEMBER\":{\"\\u0000\":1}}",
            "{\"MEMBER\":{\"\":1}}",
            "{\"MEMBER\":{\"__proto__\":{}}}",
            "<?xml version=\"1.0\"?><a/>",
            "a=b&c=d",
            "\ufeff{}",
            "{\"MEMBER\":{}}garbage",
            "{\"" + "k".repeat(60_000) + "\":1}",
            "{\"MEMBER\":{\"tenant_id\":{}}}",
            "{\"MEMBER\":{\"project_id\":null}}",
            "{\"MEMBER\":{\"project_id\":\"\\ud800\"}}",
            "{\"MEMBER\":{\"network_id\":\"\\u0000\"}}");

    private static final List<String> METHODS =
            List.of("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "TRACE", "BREW");
    private static final List<String> TYPES =
            List.of("application/json", "text/plain", "application/xml", "multipart/form-data", "", "x", "\u00e9");

    private final int port;
    private final Random random;

    FuzzHostility(int port, Random random) {
        this.port = port;
        this.random = random;
    }

    private static final Pattern BROKEN = Pattern.compile("%(?![0-9a-fA-F]{2})|[^!-~]|[{}\"<>^`|]");

    record Sent(String method, String target, String body) {
        String shown() {
            return method + " " + shortened(target) + " " + shortened(body);
        }

        /** Whether its target is no URI at all. */
        boolean isBrokenOnTheWire() {
            return BROKEN.matcher(target).find();
        }

        private static String shortened(String text) {
            return text.length() > 300 ? text.substring(0, 300) + "… (" + text.length() + ")" : text;
        }
    }

    record Answer(int status, String body) {}

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** {@code path}: of one that is there; {@code member}: the key of its body; {@code keys}: of its query string. */
    Sent request(String path, String member, List<String> keys) {
        String method = one(METHODS);
        String target = path;
        String body = "";
        switch (random.nextInt(5)) {
            case 0 -> {
                var segments = target.split("/");
                int changed = 2 + random.nextInt(Math.max(1, segments.length - 2));
                if (changed < segments.length) {
                    segments[changed] = one(SEGMENTS);
                    target = String.join("/", segments);
                } else {
                    target = target + "/" + one(SEGMENTS);
                }
            }
            case 1 -> {
                method = random.nextInt(4) == 0 ? method : "GET";
                target = target + "?" + one(QUERIES);
            }
            case 2 -> {
                method = "GET";
                for (int i = random.nextInt(3); i >= 0 && !keys.isEmpty(); i--) {
                    target += (target.indexOf('?') < 0 ? "?" : "&") + one(keys) + "=" + one(VALUES);
                }
            }
            case 3 -> {
                target = target + "?" + one(QUERIES) + "&" + one(QUERIES);
                body = one(BODIES).replace("MEMBER", member);
            }
            default -> {
                method = random.nextBoolean() ? "POST" : "PUT";
                body = one(BODIES).replace("MEMBER", member);
            }
        }
        return new Sent(method, target, body);
    }

    /** The answer, within a time. */
    Answer send(Sent sent) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] body = sent.body().getBytes(StandardCharsets.UTF_8);
            String head =
                    sent.method() + " " + sent.target() + " HTTP/1.1\r\nHost: localhost\r\nX-Project-Id: admin\r\n"
                            + "X-Roles: admin\r\nConnection: close\r\nContent-Type: " + one(TYPES) + "\r\n"
                            + (body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n")
                            + (random.nextInt(20) == 0 ? "If-Match: nonsense\r\n" : "") + "\r\n";
            var out = socket.getOutputStream();
            try {
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                out.write(body);
                out.flush();
            } catch (SocketException e) {
                // It is refused while it is sent: the answer is there.
            }
            var answer = new ByteArrayOutputStream();
            try {
                var in = socket.getInputStream();
                var piece = new byte[PIECE];
                // A stream of what changes is right as well, and has no end.
                while (!isStream(answer)) {
                    int read = in.read(piece);
                    if (read < 0) {
                        break;
                    }
                    answer.write(piece, 0, read);
                }
            } catch (SocketException e) {
                // Reset: what has come until then is the answer.
            }
            return parsed(answer.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(sent.shown(), e);
        }
    }

    private static boolean isStream(ByteArrayOutputStream answer) {
        String head = answer.toString(StandardCharsets.ISO_8859_1).split("\r\n\r\n", 2)[0];
        return head.startsWith("HTTP/1.1 200") && head.contains("application/x-ndjson");
    }

    private static Answer parsed(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(0, answer);
        }
        return new Answer(Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(end + 4));
    }
}
