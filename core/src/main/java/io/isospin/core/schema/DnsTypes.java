package io.isospin.core.schema;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Types of DNS names, which are lower case, with the messages of neutron-lib's {@code api/validators/dns}. */
public final class DnsTypes {
    /** As many characters as a whole name may have. */
    public static final int MOST = 255;

    /** Labels with dots between them; those that Neutron fills in stand in angle brackets. */
    private static final String LABELS = "[a-zA-Z0-9<]([a-zA-Z0-9._>-]*[a-zA-Z0-9>])?";

    private static final Pattern LABEL =
            Pattern.compile("[a-z0-9-]{1,63}|<project_id>|<project_name>|<user_name>|<user_id>");

    /** A name of a host, relative or whole; null is none. */
    static final Type NAME =
            Type.of(name(), name().orNull(), value -> value.isNull() ? StringNode.valueOf("") : checked(lower(value)));

    /** A whole name, with the dot at its end, of what hosts are in; empty for none. */
    static final Type DOMAIN = Type.of(domain(), value -> {
        var domain = lower(value);
        String text = domain.stringValue();
        if (!text.isEmpty() && !text.endsWith(".")) {
            throw new InvalidValue("'" + text + "' is not a FQDN");
        }
        checked(domain);
        if (text.length() > MOST - 2) {
            throw new InvalidValue("'" + text + "' contains " + text.length()
                    + " characters. Adding a sub-domain will cause it to exceed the maximum length of a FQDN of '"
                    + MOST + "'");
        }
        return domain;
    });

    /** Each address of a port with its names. */
    static final Type ASSIGNMENT = Type.shown(Schema.listOf(Schema.object()
            .key("ip_address", ScalarTypes.ADDRESS.schema())
            .key("hostname", Schema.of("string"))
            .key("fqdn", Schema.of("string"))));

    private DnsTypes() {}

    private static Schema name() {
        return Schema.text(MOST).with("pattern", "^(" + LABELS + "\\.?)?$").example("web-1");
    }

    private static Schema domain() {
        return Schema.text(MOST - 2).with("pattern", "^(" + LABELS + "\\.)?$").example("example.org.");
    }

    private static StringNode lower(JsonNode value) {
        if (!value.isString()) {
            throw new InvalidValue("'" + PythonText.str(value) + "' is not a valid string");
        }
        return StringNode.valueOf(value.stringValue().toLowerCase(Locale.ROOT));
    }

    private static StringNode checked(StringNode name) {
        String text = name.stringValue();
        String reason = text.isEmpty() ? null : fault(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
        if (reason != null) {
            throw new InvalidValue("'" + text + "' not a valid PQDN or FQDN. Reason: " + reason);
        }
        return name;
    }

    private static @Nullable String fault(String name) {
        if (name.length() > MOST) {
            return "'" + name + "' exceeds the " + MOST + " character FQDN limit";
        }
        var labels = name.split("\\.", -1);
        for (var label : labels) {
            if (label.isEmpty()) {
                return "Encountered an empty component";
            }
            if (label.startsWith("-") || label.endsWith("-")) {
                return "Name '" + label + "' must not start or end with a hyphen";
            }
            if (!LABEL.matcher(label).matches()) {
                return "Name '" + label
                        + "' must be 1-63 characters long, each of which can only be alphanumeric or a hyphen";
            }
        }
        String last = labels[labels.length - 1];
        boolean numeric = last.chars().allMatch(c -> c >= '0' && c <= '9');
        return labels.length > 1 && numeric ? "TLD '" + last + "' must not be all numeric" : null;
    }
}
