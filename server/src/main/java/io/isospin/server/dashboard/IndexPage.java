package io.isospin.server.dashboard;

import io.isospin.server.api.Gzip;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/** index.html with the addresses of this version's files, and the content security policy that lets it run them. */
record IndexPage(Bundle.Item item, String etag, String policy) {
    private static final String POLICY =
            "default-src 'none'; script-src 'self' @SCRIPT@; style-src 'self'; connect-src 'self';"
                    + " img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    /** {@code signsIn}: whether there is a Keystone to sign in with. */
    static IndexPage of(Bundle bundle, boolean signsIn) {
        String files = "files/" + bundle.version() + "/";
        String map = "{\"imports\":{\"preact\":\"./" + files + "lib/preact.js\",\"preact/hooks\":\"./" + files
                + "lib/hooks.js\",\"htm\":\"./" + files + "lib/htm.js\"}}";
        // All of them at once, or a browser would find them one import after another.
        String preloads = bundle.names().stream()
                .filter(name -> name.endsWith(".js"))
                .map(name -> "<link rel=\"modulepreload\" href=\"" + files + name + "\">")
                .collect(Collectors.joining("\n"));
        var template = Objects.requireNonNull(bundle.item(Bundle.INDEX));
        byte[] page = new String(template.plain(), StandardCharsets.UTF_8)
                .replace("@FILES@", files)
                .replace("@IMPORTS@", map)
                .replace("@PRELOADS@", preloads)
                .replace("@IDENTITY@", signsIn ? "keystone" : "none")
                .getBytes(StandardCharsets.UTF_8);
        return new IndexPage(
                new Bundle.Item(template.type(), page, Gzip.of(page)),
                '"' + bundle.version() + (signsIn ? "" : "-open") + '"',
                POLICY.replace("@SCRIPT@", Bundle.hash(map)));
    }
}
