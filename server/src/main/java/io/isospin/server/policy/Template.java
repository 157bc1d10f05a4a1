package io.isospin.server.policy;

import io.isospin.core.schema.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** A text with {@code %(name)s} in it, which a document's attributes fill. */
record Template(List<Part> parts) {
    private static final Pattern NAME = Pattern.compile("%\\(([^)]*)\\)s|%%");

    /** A piece of text as it is, or the name of an attribute. */
    private record Part(boolean attribute, String text) {}

    static Template parse(String text) {
        var parts = new ArrayList<Part>();
        var names = NAME.matcher(text);
        int from = 0;
        while (names.find()) {
            parts.add(literal(text, from, names.start()));
            parts.add(names.group(1) == null ? new Part(false, "%") : new Part(true, names.group(1)));
            from = names.end();
        }
        parts.add(literal(text, from, text.length()));
        return new Template(List.copyOf(parts));
    }

    private static Part literal(String text, int from, int to) {
        String literal = text.substring(from, to);
        if (literal.indexOf('%') >= 0) {
            throw new MalformedRule("'" + text + "' has a % that begins no %(attribute)s");
        }
        return new Part(false, literal);
    }

    /** The text that it is for every document; empty where a document fills it. */
    Optional<String> constant() {
        return parts.stream().noneMatch(Part::attribute)
                ? Optional.of(String.join("", parts.stream().map(Part::text).toList()))
                : Optional.empty();
    }

    /** The text for a document; empty where the document has no attribute of a name. */
    Optional<String> fill(ObjectNode document) {
        var text = new StringBuilder();
        for (var part : parts) {
            if (!part.attribute()) {
                text.append(part.text());
            } else if (document.has(part.text())) {
                text.append(PythonText.str(document.path(part.text())));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(text.toString());
    }
}
