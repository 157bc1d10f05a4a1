package io.isospin.server.dashboard;

import io.isospin.server.api.Forbidden;
import io.isospin.server.api.MethodNotAllowed;
import io.isospin.server.api.NotFound;
import io.isospin.server.identity.KeystoneConfig;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everything below {@code /dashboard}. */
public final class Dashboard {
    public static final String PATH = "/dashboard";

    private static final String FILES = "/files/";
    private static final String CACHE = "Cache-Control";
    private static final String IDENTITY = "/identity/v3";
    /** What services write in their paths, so that none leads out of them, however a client writes it. */
    private static final Pattern PATHS = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~:@!$&'()*+,;=-]+)*/?");

    private static final Map<String, String> SERVICES = Map.of("/compute", "compute", "/image", "image");
    private static final Map<String, String> GUARDS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "X-Frame-Options", "DENY");

    private final @Nullable IdentityWay identity;
    private final @Nullable ServiceWay services;
    private @Nullable Pages pages;

    private Dashboard(@Nullable IdentityWay identity, @Nullable ServiceWay services) {
        this.identity = identity;
        this.services = services;
    }

    private record Pages(Bundle bundle, IndexPage index) {}

    public static Dashboard with(KeystoneConfig keystone) {
        var upstream = new Upstream(keystone.tls());
        return new Dashboard(
                new IdentityWay(keystone.url(), upstream),
                new ServiceWay(new Catalogues(keystone.url(), keystone.region(), upstream), upstream));
    }

    /** Where whoever reaches the server is believed: there is nobody to sign in with. */
    public static Dashboard withoutIdentity() {
        return new Dashboard(null, null);
    }

    /** Headers of every answer, failures too. */
    public Map<String, String> guards() {
        return GUARDS;
    }

    public static boolean owns(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    /** @throws io.isospin.server.api.ApiError as the API refuses */
    public Answer answer(Call call) {
        String path = call.path();
        if (path.startsWith(IDENTITY) && identity != null) {
            return identity.answer(call, passed(call, path, IDENTITY)).with(CACHE, "no-store");
        }
        for (var service : SERVICES.entrySet()) {
            if (path.startsWith(service.getKey() + "/") && services != null) {
                return services.answer(call, service.getValue(), passed(call, path, service.getKey()))
                        .with(CACHE, "no-store");
            }
        }
        if (!call.reads()) {
            throw new MethodNotAllowed();
        }
        if (path.isEmpty()) {
            // Relative, so that it is right behind a proxy that offers this server under a path.
            return Answer.empty(308).with("Location", PATH.substring(1) + "/");
        }
        return path.startsWith(FILES) ? file(call, path) : index(call, path);
    }

    private static String passed(Call call, String path, String before) {
        if (call.header(SessionCookie.PAGE).isEmpty()) {
            throw new Forbidden("Forbidden", "Only the dashboard's own pages may ask this.");
        }
        String rest = path.substring(before.length());
        if (!PATHS.matcher(rest).matches()) {
            throw NotFound.page();
        }
        return rest;
    }

    private synchronized Pages pages() {
        if (pages == null) {
            var bundle = Bundle.read();
            pages = new Pages(bundle, IndexPage.of(bundle, identity != null));
        }
        return pages;
    }

    private Answer index(Call call, String path) {
        if (!path.equals("/")) {
            throw NotFound.page();
        }
        var index = pages().index();
        return sent(call, index.item(), index.etag())
                .with(CACHE, "no-cache")
                .with("Content-Security-Policy", index.policy());
    }

    /** The version is in the address, so what is there never changes. */
    private Answer file(Call call, String path) {
        var bundle = pages().bundle();
        int name = path.indexOf('/', FILES.length());
        var item = name > 0 && path.substring(FILES.length(), name).equals(bundle.version())
                ? bundle.item(path.substring(name + 1))
                : null;
        if (item == null) {
            throw NotFound.page();
        }
        return sent(call, item, '"' + bundle.version() + '"').with(CACHE, "public, max-age=31536000, immutable");
    }

    private static Answer sent(Call call, Bundle.Item item, String etag) {
        if (call.header("If-None-Match").filter(etag::equals).isPresent()) {
            return Answer.empty(304).with("ETag", etag);
        }
        boolean packed = call.header("Accept-Encoding")
                .filter(accepted -> accepted.contains("gzip"))
                .isPresent();
        var answer = Answer.of(200, item.type(), packed ? item.gzip() : item.plain())
                .with("ETag", etag)
                .with("Vary", "Accept-Encoding");
        return packed ? answer.with("Content-Encoding", "gzip") : answer;
    }
}
