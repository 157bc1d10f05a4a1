package io.isospin.lab.compute;

import io.isospin.lab.http.Call;
import io.isospin.lab.http.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;

/** A version of the Compute API, 2.{@code minor}. */
public record Microversion(int minor) implements Comparable<Microversion> {
    public static final Microversion MIN = new Microversion(1);
    public static final Microversion MAX = new Microversion(90);

    private static final Pattern FORM = Pattern.compile("([1-9]\\d*)\\.(0|[1-9]\\d*)");

    /** What the headers ask for: the newer header wins, none is 2.1, {@code latest} is the last. */
    public static Microversion of(Call call) {
        Optional<String> asked = call.header("openstack-api-version")
                .map(String::strip)
                .filter(text -> text.startsWith("compute "))
                .map(text -> text.substring("compute ".length()).strip())
                .or(() -> call.header("x-openstack-nova-api-version"));
        return asked.map(Microversion::parse).orElse(MIN);
    }

    static Microversion parse(String text) {
        if (text.equals("latest")) {
            return MAX;
        }
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw Refusal.badRequest(
                    "API Version String '" + text + "' is of invalid format. Must be of format MajorNum.MinorNum.");
        }
        boolean known = match.group(1).equals("2") && match.group(2).length() < 6;
        int minor = known ? Integer.parseInt(match.group(2)) : 0;
        if (minor < MIN.minor || minor > MAX.minor) {
            throw new Refusal(
                    406,
                    "Version " + text + " is not supported by the API. Minimum is " + MIN + " and maximum is " + MAX
                            + ".");
        }
        return new Microversion(minor);
    }

    public boolean from(int firstMinor) {
        return minor >= firstMinor;
    }

    /** Devices had tags in 2.32, and have them again since 2.42; between lies a mistake of Nova's. */
    boolean deviceTags() {
        return from(42) || (from(32) && !from(37));
    }

    @Override
    public int compareTo(Microversion other) {
        return Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return "2." + minor;
    }
}
