package dev.patchbay.server;

import dev.patchbay.server.store.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What `admin doctor` looks at.
final class Diagnosis {
    private static final long LEAST_FREE_BYTES = 1L << 30;

    /// What a look came to. Advice is for daily use with many people; nothing is broken.
    enum Verdict {
        PASS,
        ADVICE,
        FAIL
    }

    /// @param tells what was found, and what to do when it is not good
    record Finding(String what, Verdict verdict, String tells) {
        Finding(String what, boolean passed, String tells) {
            this(what, passed ? Verdict.PASS : Verdict.FAIL, tells);
        }

        static Finding advice(String what, boolean good, String tells) {
            return new Finding(what, good ? Verdict.PASS : Verdict.ADVICE, tells);
        }

        /// Whether nothing must be mended.
        boolean passed() {
            return verdict != Verdict.FAIL;
        }
    }

    private Diagnosis() {}

    static List<Finding> of(Config config) {
        List<Finding> findings = new ArrayList<>();
        findings.add(folder(config));
        findings.add(disk(config));
        findings.add(database(config));
        findings.add(secret(config));
        findings.add(https(config));
        findings.add(calls(config));
        findings.addAll(ProductionChecklist.of(config));
        return findings;
    }

    private static Finding folder(Config config) {
        try {
            Startup.prepare(config);
            return new Finding("data folder", true, config.folder().toAbsolutePath() + " can be written");
        } catch (CannotStart e) {
            return new Finding("data folder", false, String.valueOf(e.getMessage()));
        }
    }

    private static Finding disk(Config config) {
        try {
            long free = Files.getFileStore(config.folder()).getUsableSpace();
            return new Finding("disk", free >= LEAST_FREE_BYTES, (free >> 20) + " MB are free; 1 GB should be");
        } catch (IOException e) {
            return new Finding("disk", false, "the data folder cannot be reached");
        }
    }

    private static Finding database(Config config) {
        try (Database database = Startup.open(config, InstantSource.system())) {
            return new Finding("database", true, "opens, schema up to date (" + database.dialect() + ")");
        } catch (CannotStart e) {
            return new Finding("database", false, String.valueOf(e.getMessage()));
        }
    }

    private static Finding secret(Config config) {
        if (config.isSet(Setting.JWT_SECRET)) {
            return new Finding("signing secret", true, "JWT_SECRET is set");
        }
        Path file = config.folder().resolve("jwt-secret");
        if (!Files.exists(file)) {
            return new Finding("signing secret", true, "the server will make one at its first start");
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            boolean secret = permissions.stream().allMatch(one -> one.name().startsWith("OWNER"));
            return new Finding(
                    "signing secret",
                    secret,
                    secret ? "only the owner can read it" : "others can read it: chmod 600 " + file);
        } catch (IOException | UnsupportedOperationException e) {
            return new Finding("signing secret", true, "kept in " + file);
        }
    }

    private static Finding https(Config config) {
        boolean behind = config.isSet(Setting.PUBLIC_URL)
                && config.text(Setting.PUBLIC_URL).startsWith("https:");
        if (config.isSet(Setting.TLS_CERTIFICATE) || behind) {
            return new Finding("HTTPS", true, behind ? "a proxy provides it" : "TLS_CERTIFICATE is set");
        }
        try {
            boolean loopback = InetAddress.getByName(config.text(Setting.HOST)).isLoopbackAddress();
            return new Finding(
                    "HTTPS",
                    loopback,
                    loopback
                            ? "not needed: the server serves this machine alone"
                            : "browsers give no microphone without it: set TLS_CERTIFICATE and TLS_KEY");
        } catch (UnknownHostException e) {
            return new Finding("HTTPS", false, "HOST is not known");
        }
    }

    private static Finding calls(Config config) {
        boolean turn = config.isSet(Setting.TURN_SERVER)
                && (config.isSet(Setting.TURN_SECRET) || config.isSet(Setting.TURN_USERNAME));
        boolean incomplete = config.isSet(Setting.TURN_SERVER) && !turn;
        return new Finding(
                "calls over the internet",
                !incomplete,
                incomplete
                        ? "TURN_SERVER needs TURN_SECRET, or TURN_USERNAME and TURN_CREDENTIAL"
                        : turn ? "TURN is set" : "no TURN server: callers behind strict firewalls will not be heard");
    }
}
