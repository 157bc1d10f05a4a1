package io.isospin.server.http;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * {@code /healthcheck} as oslo.middleware has it, for load balancers: well, unless an operator has put a file there to
 * take this server out.
 */
record Healthcheck(Path disabling) {
    /** An answer, with what it is written in. */
    record Answer(int status, String type, String body) {}

    /** {@code accept}: what the client wants, as its header says. */
    Answer answer(String method, String accept) {
        boolean well = !Files.exists(disabling);
        int status = well ? 200 : 503;
        if (method.equals("HEAD")) {
            return new Answer(well ? 204 : 503, "text/plain", "");
        }
        String reason = well ? "OK" : "DISABLED BY FILE";
        return wantsJson(accept)
                ? new Answer(
                        status,
                        "application/json",
                        "{\n    \"detailed\": false,\n    \"reasons\": [\n        \"" + reason + "\"\n    ]\n}")
                : new Answer(status, "text/plain; charset=UTF-8", reason);
    }

    private static boolean wantsJson(String accept) {
        String wanted = accept.toLowerCase(Locale.ROOT);
        return wanted.contains("application/json") && !wanted.contains("text/") && !wanted.contains("*/*");
    }
}
