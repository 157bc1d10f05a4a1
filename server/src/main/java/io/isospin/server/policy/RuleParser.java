package io.isospin.server.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Rules of oslo.policy's language, in text or in its old form of lists, as checks. */
final class RuleParser {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Set<String> CONSTANTS = Set.of("True", "False", "None");

    private final List<String> words;
    private int at;

    private RuleParser(List<String> words) {
        this.words = words;
    }

    /** A rule as a policy file has it: a text, or a list of alternatives, each a check or a list of checks. */
    static Check parse(JsonNode rule) {
        if (rule.isString()) {
            return parse(rule.stringValue());
        }
        if (!rule.isArray() && !rule.isNull()) {
            throw new MalformedRule("'" + rule + "' is neither a text nor a list");
        }
        if (rule.isEmpty()) {
            return Check.Always.YES;
        }
        var alternatives = new ArrayList<Check>();
        for (var alternative : rule) {
            var checks = new ArrayList<Check>();
            if (alternative.isString()) {
                checks.add(check(alternative.stringValue()));
            }
            alternative.forEach(one -> checks.add(check(one.asString(""))));
            if (!checks.isEmpty()) {
                alternatives.add(new Check.All(List.copyOf(checks)));
            }
        }
        return new Check.Any(List.copyOf(alternatives));
    }

    /** A rule in words; the empty one lets everybody. */
    static Check parse(String rule) {
        var words = words(rule);
        if (words.isEmpty()) {
            return Check.Always.YES;
        }
        var parser = new RuleParser(words);
        var check = parser.any();
        if (parser.at < words.size()) {
            throw new MalformedRule("'" + words.get(parser.at) + "' stands where 'and' or 'or' must");
        }
        return check;
    }

    /** Parentheses at the ends of a word are words of their own; those of {@code %(name)s} are within. */
    private static List<String> words(String rule) {
        var words = new ArrayList<String>();
        for (var raw : SPACE.split(rule)) {
            int from = 0;
            while (from < raw.length() && raw.charAt(from) == '(') {
                words.add("(");
                from++;
            }
            int to = raw.length();
            while (to > from && raw.charAt(to - 1) == ')') {
                to--;
            }
            if (to > from) {
                words.add(raw.substring(from, to));
            }
            for (int i = to; i < raw.length(); i++) {
                words.add(")");
            }
        }
        return words;
    }

    private boolean take(String word) {
        if (at < words.size() && words.get(at).toLowerCase(Locale.ROOT).equals(word)) {
            at++;
            return true;
        }
        return false;
    }

    private Check any() {
        var checks = new ArrayList<Check>();
        do {
            checks.add(all());
        } while (take("or"));
        return checks.size() == 1 ? checks.getFirst() : new Check.Any(List.copyOf(checks));
    }

    private Check all() {
        var checks = new ArrayList<Check>();
        do {
            checks.add(one());
        } while (take("and"));
        return checks.size() == 1 ? checks.getFirst() : new Check.All(List.copyOf(checks));
    }

    private Check one() {
        if (take("not")) {
            return new Check.Not(one());
        }
        if (take("(")) {
            var inner = any();
            if (!take(")")) {
                throw new MalformedRule("a parenthesis is not closed");
            }
            return inner;
        }
        if (at == words.size()) {
            throw new MalformedRule("it ends where a check must stand");
        }
        return check(words.get(at++));
    }

    private static Check check(String word) {
        if (word.equals("@")) {
            return Check.Always.YES;
        }
        if (word.equals("!")) {
            return Check.Always.NO;
        }
        int colon = word.indexOf(':');
        if (colon < 0) {
            throw new MalformedRule("'" + word + "' is no check: KIND:VALUE, @ and ! are");
        }
        String kind = word.substring(0, colon);
        String value = word.substring(colon + 1);
        return switch (kind) {
            case "rule" -> new Check.Rule(value);
            case "role" -> new Check.Role(Template.parse(value));
            case "tenant_id" -> Owner.parse(value);
            case "field" -> Field.parse(value);
            case "http", "https" ->
                throw new MalformedRule("'" + word + "' asks another server, which is not done here: say it in a rule");
            default -> generic(kind, value);
        };
    }

    private static Check generic(String kind, String value) {
        boolean quoted = kind.length() > 1
                && ((kind.startsWith("'") && kind.endsWith("'")) || (kind.startsWith("\"") && kind.endsWith("\"")));
        if (quoted) {
            return new Check.Literal(kind.substring(1, kind.length() - 1), Template.parse(value));
        }
        return CONSTANTS.contains(kind) || NUMBER.matcher(kind).matches()
                ? new Check.Literal(kind, Template.parse(value))
                : new Check.Known(kind, Template.parse(value));
    }
}
