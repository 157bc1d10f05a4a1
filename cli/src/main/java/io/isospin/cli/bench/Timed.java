package io.isospin.cli.bench;

import io.isospin.cli.bench.Connection.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What became of some requests; times in nanoseconds of {@link System#nanoTime}. */
final class Timed {
    private final long[] latencies;
    private final List<Answer> answers;
    private final long begin;
    private final long end;
    private final long cpu;

    /**
     * @param latencies of those that were answered as expected
     * @param cpu that the client's threads took
     */
    Timed(long[] latencies, List<Answer> answers, long begin, long end, long cpu) {
        this.latencies = latencies;
        this.answers = answers;
        this.begin = begin;
        this.end = end;
        this.cpu = cpu;
    }

    /** Several as one, from the first's begin to the last's end. */
    static Timed joined(List<Timed> parts) {
        var answers = new ArrayList<Answer>();
        parts.forEach(part -> answers.addAll(part.answers));
        return new Timed(
                parts.stream()
                        .flatMapToLong(part -> LongStream.of(part.latencies))
                        .toArray(),
                answers,
                parts.stream().mapToLong(part -> part.begin).min().orElse(0),
                parts.stream().mapToLong(part -> part.end).max().orElse(0),
                parts.stream().mapToLong(part -> part.cpu).sum());
    }

    long[] latencies() {
        return latencies;
    }

    List<Answer> answers() {
        return answers;
    }

    /** From the first request's begin to the last answer's end. */
    long wall() {
        return end - begin;
    }

    long cpu() {
        return cpu;
    }

    /** The member {@code name} of each answer. */
    List<JsonNode> parsed(String name) {
        return answers.stream()
                .map(answer -> JsonMapper.shared().readTree(answer.body()).path(name))
                .toList();
    }
}
