package io.isospin.core.host;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wire form of what hosts must contain and of what they report: JSON, written and read field by field.
 *
 * <p>A {@link FeedMessage} is one line without its line feed, told apart by {@code message}; a unit is told apart by
 * {@code unit}, a segment by {@code type}. Readers skip fields that they don't know, so that fields may be added.
 * Reading throws IllegalArgumentException that names the field.
 */
public final class HostJson {
    private HostJson() {}

    public static byte[] bytes(FeedMessage message) {
        return HostJsonWriter.write(writer -> writer.message(message));
    }

    public static byte[] bytes(HostState state) {
        return HostJsonWriter.write(writer -> writer.state(state));
    }

    /** A part as it is in a report. */
    public static byte[] bytes(HostWiring.Part part) {
        return HostJsonWriter.write(writer -> writer.whole(part));
    }

    public static byte[] bytes(Report report) {
        return HostJsonWriter.write(writer -> writer.report(report));
    }

    public static String text(FeedMessage message) {
        return new String(bytes(message), StandardCharsets.UTF_8);
    }

    public static FeedMessage feedMessage(String line) {
        return feedMessage(line.getBytes(StandardCharsets.UTF_8));
    }

    public static FeedMessage feedMessage(byte[] line) {
        JsonFields fields = JsonFields.parse(line);
        String kind = fields.text("message");
        return switch (kind) {
            case "image" -> new FeedMessage.Image(units(fields));
            case "network" -> new FeedMessage.Network(fields.id("network"), units(fields));
            case "put" -> new FeedMessage.Put(UnitJson.unit(fields.object("content")));
            case "delete" -> new FeedMessage.Delete(UnitJson.key(fields));
            case "at" -> new FeedMessage.At(fields.text("store"), fields.number("revision"));
            default -> throw new IllegalArgumentException("'" + kind + "' is not a kind of feed message");
        };
    }

    public static HostState hostState(byte[] json) {
        JsonFields fields = JsonFields.parse(json);
        var image = new FeedMessage.Image(units(fields));
        var at = new FeedMessage.At(fields.text("store"), fields.number("revision"));
        return HostState.EMPTY.with(List.of(image, at));
    }

    public static Report report(byte[] json) {
        JsonFields fields = JsonFields.parse(json);
        return new Report(
                fields.text("host"),
                fields.objects("agents", HostJson::agent),
                fields.objects("ports", HostJson::portReport),
                fields.has("wiring") ? WiringJson.wiring(fields.object("wiring")) : null);
    }

    /** What a server says of a report that it refuses; empty where that is not said in the API's form. */
    public static String refusal(byte[] json) {
        try {
            return JsonFields.parse(json).object("NeutronError").text("message");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static List<Unit> units(JsonFields fields) {
        return fields.objects("units", UnitJson::unit);
    }

    private static Report.Agent agent(JsonFields fields) {
        return new Report.Agent(
                fields.text("type"),
                fields.text("binary"),
                fields.object("bridge_mappings").texts(),
                fields.addressOrNull("tunnel_address"),
                Optional.ofNullable(fields.textOrNull("availability_zone")).orElse(""),
                fields.text("started_at"),
                fields.object("counts").integers(),
                fields.has("settings") ? fields.object("settings").texts() : Map.of());
    }

    private static Report.PortReport portReport(JsonFields fields) {
        return new Report.PortReport(
                fields.id("port"),
                fields.choice("entity", Report.Entity.class),
                fields.flag("up"),
                fields.text("reason"));
    }
}
