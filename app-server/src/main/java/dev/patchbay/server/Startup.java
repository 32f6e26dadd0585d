package dev.patchbay.server;

import dev.patchbay.server.http.Edge;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Maintenance;
import dev.patchbay.server.store.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;

/// What can go wrong before the server serves, said so that a person can mend it.
final class Startup {
    private Startup() {}

    static void prepare(Config config) {
        Path folder = config.folder();
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, "probe", "");
            Files.write(probe, new byte[4096]);
            Files.delete(probe);
        } catch (IOException e) {
            throw new CannotStart(
                    "The data folder " + folder.toAbsolutePath() + " cannot be written (" + reason(e)
                            + "). Choose another with --data or DATA_DIR.",
                    e);
        }
    }

    static Database open(Config config, InstantSource clock) {
        Database.Address address = address(config);
        try {
            return Database.open(address, clock);
        } catch (RuntimeException e) {
            throw explained(config, e);
        }
    }

    static Database.Address address(Config config) {
        int pool = config.count(Setting.DB_POOL_SIZE);
        String user = config.text(Setting.DB_USER);
        String password = config.find(Setting.DB_PASSWORD).orElse("");
        if (config.isSet(Setting.DATABASE_URL)) {
            return Database.Address.of(config.text(Setting.DATABASE_URL), user, password, pool);
        }
        if (config.isSet(Setting.DB_HOST)) {
            String url = "jdbc:postgresql://" + config.text(Setting.DB_HOST) + ":" + config.count(Setting.DB_PORT) + "/"
                    + config.text(Setting.DB_NAME);
            return Database.Address.of(url, user, password, pool);
        }
        Database.Address embedded = Database.Address.embedded(config.folder());
        return new Database.Address(embedded.url(), embedded.user(), embedded.password(), pool);
    }

    /// The failure with a sentence, when it is one that a person can mend; itself otherwise.
    static RuntimeException explained(Config config, RuntimeException failure) {
        if (failure instanceof CannotStart || failure instanceof Config.Unusable) {
            return failure;
        }
        if (failure instanceof Edge.PortInUse) {
            return new CannotStart(
                    "Port " + config.text(Setting.PORT) + " is in use by another program, perhaps another Patchbay. "
                            + "Choose another with --port or PORT.",
                    failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Schema.TooNew || cause instanceof Maintenance.Refused) {
                return new CannotStart(String.valueOf(cause.getMessage()), failure);
            }
            if (cause instanceof SQLException sql) {
                return new CannotStart(database(config, sql), failure);
            }
            if (cause instanceof UncheckedIOException || cause instanceof java.nio.file.FileSystemException) {
                return new CannotStart(
                        "A file in " + config.folder().toAbsolutePath() + " cannot be used (" + reason(cause) + ").",
                        failure);
            }
            if (cause instanceof UnknownHostException || cause instanceof java.net.BindException) {
                return new CannotStart(
                        "The address " + config.text(Setting.HOST) + " is none of this machine. "
                                + "Choose another with --host or HOST.",
                        failure);
            }
        }
        return failure;
    }

    private static String database(Config config, SQLException failure) {
        String text = String.valueOf(failure.getMessage());
        boolean embedded = !config.isSet(Setting.DATABASE_URL) && !config.isSet(Setting.DB_HOST);
        // H2: 90020 database is already open in another process.
        if (failure.getErrorCode() == 90020
                || text.contains("Locked by another process")
                || text.contains("already in use")) {
            return "The data folder " + config.folder().toAbsolutePath()
                    + " is used by another Patchbay that is running. Stop it, or choose another with --data.";
        }
        if (!embedded && isAboutTls(failure)) {
            return "The database's certificate is not trusted (" + text
                    + "). Pin it with sslrootcert=FILE in DATABASE_URL,"
                    + " or say sslmode=require there to encrypt without knowing with whom.";
        }
        if (text.contains("No space left")) {
            return "The disk of the data folder " + config.folder().toAbsolutePath() + " is full.";
        }
        return embedded
                ? "The database in " + config.folder().toAbsolutePath() + " cannot be opened (" + text + ")."
                : "The database cannot be reached (" + text + "). Check DATABASE_URL or DB_HOST and the password.";
    }

    private static boolean isAboutTls(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof javax.net.ssl.SSLException
                    || cause instanceof java.security.cert.CertificateException
                    || String.valueOf(cause.getMessage()).contains("SSL")) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Throwable e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.FileAlreadyExistsException _ -> "a file is in its place";
            case java.nio.file.NotDirectoryException _ -> "a file is in its place";
            case java.nio.file.FileSystemException failure when failure.getReason() != null -> failure.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
