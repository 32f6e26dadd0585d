package dev.patchbay.server;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.identity.Identity;
import dev.patchbay.server.mail.Mailer;
import dev.patchbay.server.secrets.Secrets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
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
            Config config, Mailer mailer, Supplier<String> url, Predicate<CompanyId> studentsWelcome) {
        return new Identity.Setup(
                config.duration(Setting.JWT_EXPIRES_IN),
                config.duration(Setting.JWT_REFRESH_EXPIRES_IN),
                registration(config),
                () -> config.find(Setting.PUBLIC_URL).map(IdentitySetup::bare).orElseGet(url),
                secrets(config),
                mailer,
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

    static Secrets secrets(Config config) {
        return config.find(Setting.ENCRYPTION_KEY)
                .map(key -> new Secrets(List.of(key)))
                .orElseGet(() -> Secrets.inFile(config.folder().resolve("encryption-key")));
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
