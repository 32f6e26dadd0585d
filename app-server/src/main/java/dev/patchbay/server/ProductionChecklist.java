package dev.patchbay.server;

import dev.patchbay.server.Diagnosis.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// What the production checklists of the programs before us ask for, point by point, in the words of this program.
final class ProductionChecklist {
    private static final Duration BACKUP_AGE = Duration.ofHours(26);
    private static final Duration CERTIFICATE_LEFT = Duration.ofDays(21);
    private static final Set<String> PLACEHOLDERS = Set.of(
            "changeme", "change-me", "change_me", "yoursecret", "your-secret", "your_secret", "supersecret", "example");

    private ProductionChecklist() {}

    static List<Finding> of(Config config) {
        return List.of(
                production(config),
                secret(config),
                certificate(config),
                proxies(config),
                pool(config),
                monitoring(config),
                logs(config),
                backup(config),
                widget(config),
                folder(config),
                new Finding(
                        "continuous delivery",
                        true,
                        "nothing to set up on the server; `./patchbay test` is what a build runs"),
                new Finding("session storage", true, "sign-ins are kept in the database, for all nodes alike"),
                files(config),
                new Finding(
                        "CDN", true, "not needed: the call page is small, cached and made of files that never change"));
    }

    /// There is no development mode: what differs is how much is logged.
    private static Finding production(Config config) {
        String level = config.text(Setting.LOG_LEVEL).toLowerCase(Locale.ROOT);
        boolean quiet = !level.equals("debug") && !level.equals("trace");
        return Finding.advice(
                "production settings",
                quiet,
                quiet
                        ? "there is no development mode to leave"
                        : "LOG_LEVEL=" + level + " writes much; info is enough");
    }

    private static Finding secret(Config config) {
        if (!config.isSet(Setting.JWT_SECRET)) {
            return new Finding("strong secret", true, "made at random by the server itself");
        }
        String secret = config.text(Setting.JWT_SECRET);
        String lower = secret.toLowerCase(Locale.ROOT);
        boolean guessable =
                secret.chars().distinct().count() < 12 || PLACEHOLDERS.stream().anyMatch(lower::contains);
        return new Finding(
                "strong secret",
                !guessable,
                guessable
                        ? "JWT_SECRET looks like one that can be guessed; `./patchbay admin secret` makes one"
                        : "JWT_SECRET looks random");
    }

    private static Finding certificate(Config config) {
        String what = "certificate";
        if (!config.isSet(Setting.TLS_CERTIFICATE)) {
            return new Finding(what, true, "none here; a proxy's is the proxy's to renew");
        }
        Path file = Path.of(config.text(Setting.TLS_CERTIFICATE));
        try (var in = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            Instant end = certificate.getNotAfter().toInstant();
            if (end.isBefore(Instant.now())) {
                return new Finding(what, false, "ran out at " + end + ": renew it and start the server again");
            }
            boolean longEnough = end.isAfter(Instant.now().plus(CERTIFICATE_LEFT));
            return Finding.advice(what, longEnough, "good until " + end + (longEnough ? "" : ": renew it soon"));
        } catch (IOException | GeneralSecurityException e) {
            return new Finding(what, false, file + " cannot be read: " + e.getMessage());
        }
    }

    private static Finding proxies(Config config) {
        boolean behind = config.isSet(Setting.PUBLIC_URL) && !config.isSet(Setting.TLS_CERTIFICATE);
        boolean missing = behind && config.list(Setting.TRUSTED_PROXIES).isEmpty();
        return Finding.advice(
                "client addresses",
                !missing,
                missing
                        ? "PUBLIC_URL tells of a proxy; without TRUSTED_PROXIES all its clients count as one address"
                        : "taken from the connection, or from the trusted proxies");
    }

    private static Finding pool(Config config) {
        int size = config.count(Setting.DB_POOL_SIZE);
        boolean usual = size >= 5 && size <= 50;
        return Finding.advice(
                "connection pool",
                usual,
                size + " database connections at most (DB_POOL_SIZE)"
                        + (usual ? "" : "; 10 to 30 a node serve hundreds of agents"));
    }

    private static Finding monitoring(Config config) {
        boolean reachable = config.isSet(Setting.METRICS_TOKEN);
        return Finding.advice(
                "monitoring",
                reachable,
                reachable
                        ? "a monitor reads /metrics with METRICS_TOKEN and asks /health"
                        : "only this machine can read /metrics; set METRICS_TOKEN for a monitor elsewhere");
    }

    private static Finding logs(Config config) {
        Path logs = config.folder().resolve("logs");
        boolean usable = !Files.exists(logs) || Files.isDirectory(logs) && Files.isWritable(logs);
        return new Finding(
                "logs",
                usable,
                usable
                        ? "in " + logs + ", " + config.count(Setting.LOG_KEEP_DAYS) + " days and "
                                + config.count(Setting.LOG_KEEP_MB) + " MB a kind at most"
                        : logs + " cannot be written");
    }

    private static Finding backup(Config config) {
        Path folder = config.folder().resolve("backups");
        String what = "backup";
        String how = "run `./patchbay admin backup` every night into " + folder + " and keep a copy elsewhere";
        if (!Files.isDirectory(folder)) {
            return Finding.advice(what, false, "none in " + folder + ": " + how);
        }
        try (Stream<Path> files = Files.list(folder)) {
            Instant newest = Instant.EPOCH;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Instant at = Files.getLastModifiedTime(file).toInstant();
                newest = at.isAfter(newest) ? at : newest;
            }
            boolean fresh = newest.isAfter(Instant.now().minus(BACKUP_AGE));
            return Finding.advice(what, fresh, fresh ? "the newest is of " + newest : "none of the last day: " + how);
        } catch (IOException e) {
            return Finding.advice(what, false, folder + " cannot be read: " + how);
        }
    }

    private static Finding widget(Config config) {
        boolean anywhere = config.text(Setting.WIDGET_ORIGINS).strip().equals("*");
        return Finding.advice(
                "widget",
                !anywhere,
                anywhere
                        ? "any site may show the call page; WIDGET_ORIGINS names yours"
                        : "only your sites show the call page");
    }

    /// With H2 the folder is the database.
    private static Finding folder(Config config) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(config.folder());
            boolean own = permissions.stream().allMatch(one -> one.name().startsWith("OWNER"));
            return Finding.advice(
                    "privacy of the data folder",
                    own,
                    own ? "only its owner can look into it" : "others can look into it: chmod 700 " + config.folder());
        } catch (IOException | UnsupportedOperationException e) {
            return new Finding("privacy of the data folder", true, "left to the system");
        }
    }

    private static Finding files(Config config) {
        boolean bucket = config.isSet(Setting.AWS_S3_BUCKET);
        boolean complete =
                bucket && config.isSet(Setting.AWS_ACCESS_KEY_ID) && config.isSet(Setting.AWS_SECRET_ACCESS_KEY);
        if (bucket && !complete) {
            return new Finding(
                    "file storage", false, "AWS_S3_BUCKET needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
        return Finding.advice(
                "file storage",
                bucket,
                bucket
                        ? "in the bucket of AWS_S3_BUCKET"
                        : "in the data folder: right for one node; several need AWS_S3_BUCKET");
    }
}
