package io.isospin.cli.bench;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param targets one server, or two to be compared
 * @param n operations of each kind in the phases seq and full
 * @param reconnect requests after which each client of conc opens a new connection; 0 for never
 * @param taken ports in the full /16
 * @param json where the results go in full
 */
record Options(
        List<Target> targets,
        List<Phase> phases,
        int reps,
        int n,
        int warmup,
        int concurrency,
        int ports,
        int bulk,
        int big,
        int taken,
        int lists,
        int reconnect,
        @Nullable Path json) {

    static final String USAGE = """
            Usage: ./isospin bench api URL [OPTION]...

              --vs URL           a second server, measured in turn with the first
              --phases LIST      of seq, conc, bulk, list, big, full (default seq,conc,bulk)
                                   seq   operations one after another on one connection
                                   conc  ports created by several clients at once, listed, deleted
                                   bulk  ports created in POSTs of many
                                   list  ports listed: all, the ids of a network, in pages
                                   big   bulk and list with many more ports
                                   full  a port in a /16 with most addresses taken, against an empty /16
              --reps N           rounds of everything; the table has medians (3)
              --n N              operations of each kind in seq and full (200)
              --warmup N         rounds of each operation before seq, unmeasured (10)
              --concurrency N    clients in conc (8)
              --ports N          ports in conc, bulk and list (1000)
              --bulk N           ports in one POST (100)
              --big N            ports in big (5000)
              --taken N          ports in the full /16 (50000)
              --list-n N         how often each list is read (7)
              --reconnect N      conc: a new connection every N requests, for servers whose workers share a socket (0: never)
              -H 'NAME: VALUE'   a header for every request, such as X-Auth-Token; as often as needed
              --project ID       the project of everything made
              --json FILE        all results, in JSON

            The server takes requests without Keystone (auth_strategy = noauth), or a token given by -H. Quotas must
            allow what is made. All of it is deleted at the end, also after a failure or Ctrl-C.""";

    private static final String PROJECT = "5f1c0de0aa0b4c0f9f8b5b0c7d1e2f3a";

    /** The parts of a run. */
    enum Phase {
        SEQ,
        CONC,
        BULK,
        LIST,
        BIG,
        FULL
    }

    /** @throws IllegalArgumentException saying which word is wrong */
    static Options parse(List<String> args) {
        var urls = new ArrayList<String>();
        var headers = new ArrayList<String>();
        var named = new HashMap<String, String>();
        for (int i = 0; i < args.size(); i++) {
            String word = args.get(i);
            if (!word.startsWith("-")) {
                urls.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 && ++i == args.size()) {
                throw new IllegalArgumentException(name + " wants a value");
            }
            String value = equals < 0 ? args.get(i) : word.substring(equals + 1);
            switch (name) {
                case "-H", "--header" -> headers.add(value);
                case "--vs" -> urls.add(value);
                default -> named.put(name, value);
            }
        }
        if (urls.isEmpty() || urls.size() > 2) {
            throw new IllegalArgumentException("say which server: a URL, and a second one with --vs");
        }
        String project = named.containsKey("--project") ? String.valueOf(named.remove("--project")) : PROJECT;
        var options = new Options(
                urls.stream().map(url -> Target.of(url, project, headers)).toList(),
                phases(take(named, "--phases", "seq,conc,bulk")),
                number(named, "--reps", 3, 1),
                number(named, "--n", 200, 1),
                number(named, "--warmup", 10, 0),
                number(named, "--concurrency", 8, 1),
                number(named, "--ports", 1000, 1),
                number(named, "--bulk", 100, 1),
                number(named, "--big", 5000, 1),
                number(named, "--taken", 50_000, 1),
                number(named, "--list-n", 7, 1),
                number(named, "--reconnect", 0, 0),
                file(named.remove("--json")));
        if (!named.isEmpty()) {
            throw new IllegalArgumentException("there is no option " + String.join(", ", named.keySet()));
        }
        return options;
    }

    private static String take(Map<String, String> named, String name, String otherwise) {
        String value = named.remove(name);
        return value == null ? otherwise : value;
    }

    private static int number(Map<String, String> named, String name, int otherwise, int least) {
        String text = take(named, name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " wants a number, not '" + text + "'", e);
        }
        throw new IllegalArgumentException(name + " must be at least " + least);
    }

    private static @Nullable Path file(@Nullable String text) {
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--json: " + e.getMessage(), e);
        }
    }

    private static List<Phase> phases(String text) {
        var phases = new ArrayList<Phase>();
        for (var word : text.split(",")) {
            phases.add(
                    switch (word.strip()) {
                        case "seq" -> Phase.SEQ;
                        case "conc" -> Phase.CONC;
                        case "bulk" -> Phase.BULK;
                        case "list" -> Phase.LIST;
                        case "big" -> Phase.BIG;
                        case "full" -> Phase.FULL;
                        default -> throw new IllegalArgumentException("there is no phase '" + word + "'");
                    });
        }
        return phases;
    }
}
