package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.patchbay.server.http.SelfSigned;
import dev.patchbay.server.store.PostgresUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A PostgreSQL with a certificate that nobody vouches for.
class DatabaseTlsTest {
    @TempDir
    Path folder;

    private EmbeddedPostgres selfSigned(SelfSigned made) throws IOException {
        Files.setPosixFilePermissions(made.key(), PosixFilePermissions.fromString("rw-------"));
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("shared_buffers", "16MB")
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", made.certificate().toString())
                .setServerConfig("ssl_key_file", made.key().toString())
                .start();
    }

    private PatchbayServer start(EmbeddedPostgres postgres, String options) {
        return PatchbayServer.start(Config.in(folder.resolve("data"))
                .with(Setting.PORT, "0")
                .with(
                        Setting.DATABASE_URL,
                        "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres?user=postgres&" + options));
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefusedUnlessItIsPinned() throws IOException, SQLException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews())
                .as("a file system with permissions")
                .contains("posix");
        SelfSigned made = SelfSigned.make(folder, List.of("localhost"), Instant.now());
        try (EmbeddedPostgres postgres = selfSigned(made)) {
            // What an address gets by itself when the server is not on this machine.
            String usual = URI.create(PostgresUrl.parse("postgres://db.example.com/x")
                            .jdbc()
                            .substring("jdbc:".length()))
                    .getQuery();
            assertThatThrownBy(() -> start(postgres, usual).close())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("certificate")
                    .hasMessageContaining("sslrootcert");
            try (PatchbayServer server = start(postgres, "sslmode=verify-full&sslrootcert=" + made.certificate())) {
                boolean encrypted = server.database().<Boolean>acrossCompanies(handle -> handle.createQuery(
                                "select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                        .mapTo(Boolean.class)
                        .one());
                assertThat(encrypted).isTrue();
            }
        }
    }
}
