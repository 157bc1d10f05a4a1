package io.isospin.cli.api;

import io.isospin.cli.failure.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Requests over HTTP, one after the other. {@code HttpURLConnection}: {@code java.net.http} starts threads and costs a
 * command 0.1 s more.
 *
 * @param timeoutMillis how long to wait for an answer; 0 for as long as it takes
 * @param trace where each request is shown, or null
 */
public record Http(
        int timeoutMillis,
        Trust trust,
        ProxyRules proxies,
        @Nullable PrintStream trace) {
    /** Three signs of life that failed to come. */
    private static final int SILENCE_MILLIS = 30_000;

    /** An answer, whatever its status. */
    public record Answer(int status, String reason, String body, String requestId, Map<String, List<String>> headers) {
        public boolean good() {
            return status >= 200 && status < 300;
        }

        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> name.equalsIgnoreCase(entry.getKey()))
                    .flatMap(entry -> entry.getValue().stream())
                    .findFirst();
        }
    }

    /**
     * Sends a request.
     *
     * @param what whose address it is, for the message where nobody answers
     * @param body JSON, or empty for none
     */
    public Answer send(String what, String method, String url, Map<String, String> headers, String body) {
        return reached(what, url, () -> {
            if (trace != null) {
                trace.println("DEBUG: " + method + " " + url + (body.isEmpty() ? "" : " " + hidden(body)));
            }
            var answer = answered(opened(method, url, headers, body));
            if (trace != null) {
                trace.println("DEBUG: " + answer.status() + " " + answer.requestId());
            }
            return answer;
        });
    }

    /**
     * Hands over each line of an answer as it comes; an answer that is an error is not handed over but returned. The other
     * side must give signs of life.
     */
    public Answer follow(String what, String url, Map<String, String> headers, Consumer<String> line) {
        return reached(what, url, () -> {
            var connection = opened("GET", url, headers, "");
            connection.setReadTimeout(SILENCE_MILLIS);
            if (connection.getResponseCode() >= 300) {
                return answered(connection);
            }
            try (var in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                for (String next = in.readLine(); next != null; next = in.readLine()) {
                    line.accept(next);
                }
            } catch (SocketTimeoutException e) {
                throw new Failure(capital(what) + " at " + url + " has been silent for " + SILENCE_MILLIS / 1000
                        + " s. Try again.");
            }
            return new Answer(connection.getResponseCode(), "", "", "", Map.of());
        });
    }

    /** What may go wrong on the way to an answer. */
    private interface Exchange {
        Answer run() throws IOException, URISyntaxException;
    }

    private Answer reached(String what, String url, Exchange exchange) {
        try {
            return exchange.run();
        } catch (UnknownHostException e) {
            throw new Failure("Cannot reach " + what + " at " + url + ": there is no host of the name " + e.getMessage()
                    + ". Check the address.");
        } catch (ConnectException e) {
            throw new Failure("Cannot reach " + what + " at " + url + ": " + plain(e)
                    + ". Check that it runs there, and the address.");
        } catch (SocketTimeoutException e) {
            throw new Failure(capital(what) + " at " + url + " did not answer within " + timeoutMillis / 1000.0
                    + " s. Try again, or allow more with --http-timeout.");
        } catch (SSLException e) {
            throw new Failure("No secure connection with " + what + " at " + url + ": " + plain(e)
                    + ". Name the authority's certificates with OS_CACERT or --os-cacert, or skip the check with"
                    + " --insecure.");
        } catch (IOException e) {
            throw new Failure("The connection with " + what + " at " + url + " broke: " + plain(e) + ". Try again.", e);
        } catch (URISyntaxException | IllegalArgumentException | ClassCastException e) {
            throw new Failure(capital(what) + "'s address " + url
                    + " is not one that HTTP can reach: it should look like http://host:port.");
        }
    }

    private HttpURLConnection opened(String method, String url, Map<String, String> headers, String body)
            throws IOException, URISyntaxException {
        var address = new URI(url);
        var connection = (HttpURLConnection) address.toURL().openConnection(proxies.of(address));
        if (connection instanceof HttpsURLConnection secure) {
            trust.apply(secure);
        }
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "isospin-neutron");
        headers.forEach(connection::setRequestProperty);
        if (!body.isEmpty()) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(bytes.length);
            try (var out = connection.getOutputStream()) {
                out.write(bytes);
            }
        }
        return connection;
    }

    private static Answer answered(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        String answer = "";
        try (var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            if (in != null) {
                answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        String id = connection.getHeaderField("X-Openstack-Request-Id");
        String reason = connection.getResponseMessage();
        return new Answer(
                status, reason == null ? "" : reason, answer, id == null ? "" : id, connection.getHeaderFields());
    }

    private static String hidden(String body) {
        return body.startsWith("{\"auth\"") ? "(credentials)" : body;
    }

    private static String plain(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
