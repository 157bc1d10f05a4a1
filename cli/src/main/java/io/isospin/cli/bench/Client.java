package io.isospin.cli.bench;

import io.isospin.cli.bench.Connection.Answer;
import io.isospin.cli.bench.Target.Request;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One client with one connection: sends requests one after another and times each, from its first byte to the last of
 * the answer. An answer with another status than expected is an error, and nothing is tried twice.
 */
final class Client implements AutoCloseable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Target target;
    private final Errors errors;
    private final Stop stop;
    private @Nullable Connection connection;

    Client(Target target, Errors errors, Stop stop) {
        this.target = target;
        this.errors = errors;
        this.stop = stop;
    }

    Target target() {
        return target;
    }

    /** {@code reconnect}: a new connection before every so many requests, inside the time of one; 0 for never. */
    Timed time(List<Request> requests, int reconnect) {
        connect();
        long[] latencies = new long[requests.size()];
        var answers = new ArrayList<Answer>(requests.size());
        long cpu = THREADS.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        int sent = 0;
        for (var request : requests) {
            stop.check();
            if (reconnect > 0 && sent > 0 && sent % reconnect == 0) {
                disconnect();
            }
            sent++;
            long start = System.nanoTime();
            var answer = send(request);
            long took = System.nanoTime() - start;
            if (answer != null) {
                latencies[answers.size()] = took;
                answers.add(answer);
            }
        }
        long end = System.nanoTime();
        cpu = THREADS.getCurrentThreadCpuTime() - cpu;
        return new Timed(Arrays.copyOf(latencies, answers.size()), answers, begin, end, cpu);
    }

    Timed time(List<Request> requests) {
        return time(requests, 0);
    }

    /** One request that must succeed for the benchmark to go on; the member {@code name} of its answer. */
    JsonNode need(Request request, String name) {
        stop.check();
        var answer = send(request);
        if (answer == null) {
            throw new BenchException(request.name() + " on " + target.url() + " failed: " + errors.last());
        }
        return JsonMapper.shared().readTree(answer.body()).path(name);
    }

    /** The answer, or null where it was not the expected one, which is noted. */
    @Nullable
    Answer send(Request request) {
        try {
            var open = connect();
            var answer = open.exchange(request.wire());
            if (open.ends()) {
                disconnect();
            }
            if (answer.status() == request.expected()) {
                return answer;
            }
            errors.note(request.name() + " -> " + answer.status(), answer.text());
        } catch (IOException e) {
            disconnect();
            errors.note(request.name() + " -> " + e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
        }
        return null;
    }

    private Connection connect() {
        var open = connection;
        if (open == null) {
            try {
                open = new Connection(target.host(), target.port());
            } catch (IOException e) {
                throw new BenchException("cannot connect to " + target.url() + ": " + e.getMessage(), e);
            }
            connection = open;
        }
        return open;
    }

    private void disconnect() {
        var open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                errors.note("closing a connection", String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
