package dev.patchbay.server;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.identity.Identity;
import dev.patchbay.server.identity.external.Provider;
import dev.patchbay.server.mail.Mailer;
import dev.patchbay.server.nodes.NodeSecrets;
import dev.patchbay.server.secrets.Secrets;
import dev.patchbay.server.store.Database;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the configuration says about signing in.
final class IdentitySetup {
    private static final int IMPLICIT_TLS = 465;

    private IdentitySetup() {}

    /// @param url where the server serves, asked when it does
    /// @param studentsWelcome whether a company lets students make their accounts
    static Identity.Setup of(
            Config config,
            Database database,
            Mailer mailer,
            Supplier<String> url,
            Predicate<CompanyId> studentsWelcome) {
        return new Identity.Setup(
                config.duration(Setting.JWT_EXPIRES_IN),
                config.duration(Setting.JWT_REFRESH_EXPIRES_IN),
                registration(config),
                () -> config.find(Setting.PUBLIC_URL).map(IdentitySetup::bare).orElseGet(url),
                secrets(config, database),
                mailer,
                providers(config),
                config.list(Setting.ALLOWED_ORIGINS),
                studentsWelcome);
    }

    private static String bare(String url) {
        return url.replaceAll("/+$", "");
    }

    private static boolean registration(Config config) {
        return config.find(Setting.REGISTRATION)
                .map("open"::equals)
                .orElseGet(() -> isLoopback(config.text(Setting.HOST)));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /// What one node sealed every node must open: on PostgreSQL the key of the first node's file is in the database.
    static Secrets secrets(Config config, Database database) {
        Path file = config.folder().resolve("encryption-key");
        return config.find(Setting.ENCRYPTION_KEY)
                .map(key -> new Secrets(List.of(key)))
                .orElseGet(() -> switch (database.dialect()) {
                    case H2 -> Secrets.inFile(file);
                    case POSTGRESQL ->
                        new Secrets(List.of(NodeSecrets.shared(database, "encryption", () -> Secrets.newestIn(file))));
                });
    }

    private static List<Provider> providers(Config config) {
        List<Provider> providers = new ArrayList<>();
        config.find(Setting.GOOGLE_CLIENT_ID)
                .ifPresent(id -> providers.add(new Provider(
                        "google",
                        "Google",
                        id,
                        secret(config, Setting.GOOGLE_CLIENT_SECRET),
                        URI.create(config.text(Setting.GOOGLE_AUTHORIZE_URL)),
                        URI.create(config.text(Setting.GOOGLE_TOKEN_URL)),
                        new Provider.Signed(
                                config.text(Setting.GOOGLE_ISSUER),
                                URI.create(config.text(Setting.GOOGLE_KEYS_URL))))));
        config.find(Setting.FACEBOOK_CLIENT_ID)
                .ifPresent(id -> providers.add(new Provider(
                        "facebook",
                        "Facebook",
                        id,
                        secret(config, Setting.FACEBOOK_CLIENT_SECRET),
                        URI.create(config.text(Setting.FACEBOOK_AUTHORIZE_URL)),
                        URI.create(config.text(Setting.FACEBOOK_TOKEN_URL)),
                        new Provider.Asked(URI.create(config.text(Setting.FACEBOOK_PERSON_URL))))));
        return providers;
    }

    private static String secret(Config config, Setting setting) {
        return config.find(setting)
                .orElseThrow(() -> new Config.Unusable(setting + " must be set, as the client's id is."));
    }

    static Mailer mailer(Config config) {
        return new Mailer(mail(config), Duration.ofSeconds(20));
    }

    private static Mailer.@Nullable Settings mail(Config config) {
        Optional<String> host = config.find(Setting.SMTP_HOST).or(() -> config.find(Setting.SYSTEM_SMTP_HOST));
        if (host.isEmpty()) {
            return null;
        }
        String from = config.find(Setting.SMTP_FROM)
                .or(() -> config.find(Setting.SMTP_USER).filter(user -> user.contains("@")))
                .orElseThrow(() -> new Config.Unusable("SMTP_FROM must say who sends the mail, as SMTP_HOST is set."));
        int port = config.count(Setting.SMTP_PORT);
        return new Mailer.Settings(
                host.get(),
                port,
                config.find(Setting.SMTP_USER).orElse(null),
                config.find(Setting.SMTP_PASS).orElse(null),
                from,
                security(config, port));
    }

    private static Mailer.Security security(Config config, int port) {
        return switch (config.find(Setting.SMTP_TLS).orElse(port == IMPLICIT_TLS ? "tls" : "starttls")) {
            case "tls" -> Mailer.Security.TLS;
            case "none" -> Mailer.Security.NONE;
            default -> Mailer.Security.STARTTLS;
        };
    }
}
