package io.isospin.server.dashboard;

import io.isospin.server.identity.Credentials;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The token of a page's user, in a cookie that scripts cannot read and other sites cannot send. It counts only beside a
 * header that a page of another origin, on another port of this host too, cannot send without being let by CORS.
 */
public final class SessionCookie {
    static final String PAGE = "X-Isospin-Dashboard";
    private static final String NAME = "isospin-token";
    /** Keystone's Fernet and JWS tokens; a browser keeps no cookie of more than 4,096 bytes. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,3900}");

    private SessionCookie() {}

    /** The credentials of a request, in which a page's cookie stands for the token that it cannot name. */
    public static Credentials over(Credentials request) {
        return name -> request.apply(name).or(() -> name.equals("X-Auth-Token") ? token(request) : Optional.empty());
    }

    /** The token of a request that comes from a page. */
    static Optional<String> token(Function<String, Optional<String>> headers) {
        return headers.apply(PAGE)
                .flatMap(page -> headers.apply("Cookie"))
                .flatMap(cookies -> Arrays.stream(cookies.split(";"))
                        .map(String::strip)
                        .filter(cookie -> cookie.startsWith(NAME + "="))
                        .map(cookie -> cookie.substring(NAME.length() + 1))
                        .filter(token -> TOKEN.matcher(token).matches())
                        .findFirst());
    }

    static boolean holds(String token) {
        return TOKEN.matcher(token).matches();
    }

    static String keeping(String token, boolean secure) {
        return NAME + "=" + token + attributes(secure);
    }

    static String forgetting(boolean secure) {
        return NAME + "=; Max-Age=0" + attributes(secure);
    }

    private static String attributes(boolean secure) {
        return "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }
}
