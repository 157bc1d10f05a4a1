package io.isospin.server.policy;

import io.isospin.core.schema.Attribute;
import io.isospin.core.schema.Catalogue;
import io.isospin.core.schema.InvalidValue;
import io.isospin.core.schema.PythonText;
import io.isospin.server.rbac.Shares;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * {@code field:networks:shared=True}, {@code field:port:device_owner=~^network:}: an attribute of the target has a value,
 * or begins as a pattern says.
 *
 * @param value the value; a text where nothing is known of the attribute
 * @param ofNetwork whether it asks if a network is shared, which things on a network are asked, too
 */
record Field(String name, JsonNode value, @Nullable Pattern pattern, boolean ofNetwork) implements Check {

    static Field parse(String text) {
        int colon = text.indexOf(':');
        int equals = text.indexOf('=', colon + 1);
        if (colon < 0 || equals < 0) {
            throw new MalformedRule("'field:" + text + "' is not field:COLLECTION:ATTRIBUTE=VALUE");
        }
        String collection = text.substring(0, colon);
        String name = text.substring(colon + 1, equals);
        String value = text.substring(equals + 1);
        boolean ofNetwork = collection.equals(Catalogue.NETWORK.collection()) && name.equals("shared");
        return new Field(name, value(collection, name, value), pattern(value), ofNetwork);
    }

    private static @Nullable Pattern pattern(String value) {
        try {
            return value.startsWith("~") ? Pattern.compile(value.substring(1)) : null;
        } catch (PatternSyntaxException e) {
            throw new MalformedRule("'" + value.substring(1) + "' is no regular expression: " + e.getDescription());
        }
    }

    private static JsonNode value(String collection, String name, String value) {
        Optional<Attribute> attribute = Catalogue.ALL.stream()
                .filter(resource -> resource.collection().equals(collection))
                .findFirst()
                .flatMap(resource -> resource.attribute(name));
        try {
            return attribute.isPresent() ? attribute.get().type().fromQuery(value) : StringNode.valueOf(value);
        } catch (InvalidValue e) {
            throw new MalformedRule("'" + value + "' can be no value of " + name + ": " + e.getMessage());
        }
    }

    @Override
    public Verdict of(Question question) {
        var target = question.target();
        if (target == null) {
            return Verdict.DEPENDS;
        }
        if (!target.has(name)) {
            var view = question.view();
            return Verdict.of(ofNetwork
                    && view != null
                    && target.has("network_id")
                    && value.asBoolean(false)
                            == Shares.isShared(
                                    view,
                                    Catalogue.NETWORK,
                                    target.path("network_id").asString(),
                                    question.caller().project()));
        }
        var is = target.path(name);
        return Verdict.of(
                pattern == null
                        ? equal(is)
                        : pattern.matcher(PythonText.str(is)).lookingAt());
    }

    private boolean equal(JsonNode is) {
        return is.equals(value) || (value.isString() && value.stringValue().equals(PythonText.str(is)));
    }
}
