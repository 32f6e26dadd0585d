package dev.patchbay.server.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What stands in an address of PostgreSQL: JDBC's form, or the one that psql, Heroku and others write,
/// `postgres://user:password@host:port/database?option=value`.
///
/// @param jdbc the address without user and password, as JDBC wants it
public record PostgresUrl(String jdbc, Optional<String> user, Optional<String> password) {
    /// Whether it is written like an address of PostgreSQL.
    public static boolean matches(String url) {
        return url.startsWith("jdbc:postgresql:") || url.startsWith("postgres://") || url.startsWith("postgresql://");
    }

    /// @throws IllegalArgumentException when it cannot be read; the message does not repeat it, since it may hold a
    /// password
    public static PostgresUrl parse(String url) {
        boolean jdbc = url.startsWith("jdbc:");
        if (jdbc && !url.startsWith("jdbc:postgresql://")) {
            // jdbc:postgresql:database is one, too: the driver knows what to make of it.
            return new PostgresUrl(url, Optional.empty(), Optional.empty());
        }
        String plain = jdbc ? url.substring("jdbc:".length()) : url;
        int begin = plain.indexOf("//") + 2;
        int slash = plain.indexOf('/', begin);
        String authority = slash < 0 ? plain.substring(begin) : plain.substring(begin, slash);
        int at = authority.lastIndexOf('@');
        String[] who = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
        Optional<String> user = who.length > 0 ? Optional.of(decode(who[0])) : Optional.empty();
        Optional<String> password = who.length > 1 ? Optional.of(decode(who[1])) : Optional.empty();
        String rest = slash < 0 ? "/" : plain.substring(slash);
        int question = rest.indexOf('?');
        List<String> options = new ArrayList<>();
        if (question >= 0) {
            for (String option : rest.substring(question + 1).split("&")) {
                String value = option.substring(option.indexOf('=') + 1);
                if (option.startsWith("user=")) {
                    user = Optional.of(decode(value));
                } else if (option.startsWith("password=")) {
                    password = Optional.of(decode(value));
                } else if (!option.isEmpty()) {
                    options.add(option);
                }
            }
            rest = rest.substring(0, question);
        }
        String hosts = authority.substring(at + 1);
        requireHosts(hosts);
        options.addAll(verified(hosts, options));
        String made = "jdbc:postgresql://" + hosts + rest + (options.isEmpty() ? "" : "?" + String.join("&", options));
        return new PostgresUrl(made, user, password);
    }

    /// What is not said about TLS: over a network, the server proves with a certificate that it is the one named. Who
    /// vouches for it is what this JVM trusts, unless a certificate is pinned with `sslrootcert`.
    private static List<String> verified(String hosts, List<String> options) {
        boolean said = options.stream()
                .anyMatch(option -> option.startsWith("sslmode=") || option.equals("ssl") || option.startsWith("ssl="));
        boolean here = Arrays.stream(hosts.split(",")).allMatch(PostgresUrl::isLoopback);
        if (said || here) {
            return List.of();
        }
        boolean pinned = options.stream()
                .anyMatch(option -> option.startsWith("sslrootcert=") || option.startsWith("sslfactory="));
        return pinned
                ? List.of("sslmode=verify-full")
                : List.of("sslmode=verify-full", "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    private static boolean isLoopback(String host) {
        return host.matches("(?i)localhost(:\\d+)?|127(\\.\\d{1,3}){3}(:\\d+)?|\\[::1](:\\d+)?");
    }

    /// The driver takes several hosts, with commas between.
    private static void requireHosts(String hosts) {
        for (String host : hosts.split(",")) {
            try {
                if (new URI("x://" + host).getHost() == null) {
                    throw new IllegalArgumentException("no host");
                }
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("the host cannot be read", e);
            }
        }
    }

    private static String decode(String text) {
        // A plus sign is one: the escapes of addresses, not of forms.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return jdbc;
    }
}
