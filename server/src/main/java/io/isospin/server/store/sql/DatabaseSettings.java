package io.isospin.server.store.sql;

import io.isospin.core.config.Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The section [database] as oslo.db reads it, its connection as SQLAlchemy writes it. */
public final class DatabaseSettings {
    private static final String SECTION = "database";
    private static final String SQLITE = "sqlite:///";
    private static final int STANDARD_PORT = 3306;
    private static final Pattern MARIADB =
            Pattern.compile("(?:mysql|mariadb)(?:\\+\\w+)?://(?<user>[^:@/]*)(?::(?<password>.*))?@"
                    + "(?<host>\\[[^\\]]+\\]|[^:/@?]+)(?::(?<port>\\d{1,5}))?/(?<schema>[^?]+)(?:\\?(?<options>.*))?");
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Settings settings;

    private DatabaseSettings(Settings settings) {
        this.settings = settings;
    }

    /** What the files say; their faults are noted in {@code settings}. */
    public static Database of(Settings settings) {
        return new DatabaseSettings(settings).read();
    }

    private Database read() {
        Path standard = Path.of(settings.text("DEFAULT", "state_path", "/var/lib/neutron"), "neutron.sqlite");
        String connection = settings.text(SECTION, "connection", "");
        if (connection.isEmpty()) {
            return file(standard);
        }
        if (connection.startsWith(SQLITE)) {
            return file(Path.of(connection.substring(SQLITE.length())));
        }
        var matcher = MARIADB.matcher(connection);
        if (!matcher.matches()) {
            settings.fault(
                    SECTION,
                    "connection",
                    "names no database that can be used here",
                    "Write mysql+pymysql://USER:PASSWORD@HOST/SCHEMA, or sqlite:////path/to/neutron.sqlite");
            return file(standard);
        }
        return server(matcher);
    }

    private Database file(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            settings.fault(
                    SECTION,
                    "connection",
                    "lies in " + folder + ", which is not a folder that this user may write to",
                    "Make the folder, or name another file");
        }
        return new Database.File(file);
    }

    private Database server(Matcher url) {
        int idle = settings.integer(SECTION, "max_pool_size", 5, 0, 10_000);
        int overflow = settings.integer(SECTION, "max_overflow", 50, -1, 10_000);
        int wait = settings.integer(SECTION, "pool_timeout", 30, 1, 3600);
        int life = settings.integer(SECTION, "connection_recycle_time", 3600, -1, Integer.MAX_VALUE);
        String port = url.group("port");
        String password = url.group("password");
        return new Database.Server(
                url.group("host"),
                port == null ? STANDARD_PORT : Integer.parseInt(port),
                url.group("schema"),
                decoded(url.group("user")),
                password == null ? "" : decoded(password),
                options(url.group("options")),
                new Database.Pool(
                        idle,
                        Math.max(idle + Math.max(overflow, 0), 2),
                        Duration.ofSeconds(wait),
                        life < 0 ? LONGEST : Duration.ofSeconds(life)),
                settings.integer(SECTION, "max_retries", 10, -1, Integer.MAX_VALUE),
                Duration.ofSeconds(settings.integer(SECTION, "retry_interval", 10, 0, 3600)));
    }

    /** PyMySQL's words for TLS and time-outs in the driver's. */
    private Map<String, String> options(@Nullable String query) {
        var options = new LinkedHashMap<String, String>();
        boolean checksName = true;
        for (var pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            String value = parts.length > 1 ? decoded(parts[1]) : "";
            switch (parts[0]) {
                case "charset", "plugin" -> {
                    // Text is always utf8mb4, and there is one driver.
                }
                case "ssl_ca" -> options.put("serverSslCert", readable(value));
                case "ssl_cert" -> options.put("clientSslCert", readable(value));
                case "ssl_key" -> options.put("clientSslKey", readable(value));
                case "ssl_verify_identity", "ssl_check_hostname" -> checksName = Boolean.parseBoolean(value);
                case "unix_socket" -> options.putAll(UnixSocketFactory.options(Path.of(value)));
                case "ssl", "ssl_verify_cert" -> options.putIfAbsent("sslMode", "trust");
                case "connect_timeout" -> options.put("connectTimeout", value + "000");
                case "read_timeout" -> options.put("socketTimeout", value + "000");
                default ->
                    settings.fault(
                            SECTION,
                            "connection",
                            "has the option '" + parts[0] + "', which is not known here",
                            "Leave it out; known are unix_socket, ssl_ca, ssl_cert, ssl_key, ssl_verify_identity,"
                                    + " connect_timeout, read_timeout and charset");
            }
        }
        if (options.containsKey("serverSslCert")) {
            options.put("sslMode", checksName ? "verify-full" : "verify-ca");
        }
        return options;
    }

    private String readable(String file) {
        if (!Files.isReadable(Path.of(file))) {
            settings.fault(
                    SECTION, "connection", "names " + file + ", which cannot be read", "See to the file and its owner");
        }
        return file;
    }

    private static String decoded(String text) {
        // SQLAlchemy leaves a plus sign as it is.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
