package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.server.Diagnosis.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductionChecklistTest {
    @TempDir
    Path folder;

    private static Map<String, Verdict> of(Config config) {
        return ProductionChecklist.of(config).stream()
                .collect(Collectors.toMap(Diagnosis.Finding::what, Diagnosis.Finding::verdict));
    }

    @Test
    void everyPointOfTheSourcesChecklistsIsThere() {
        assertThat(of(Config.in(folder)))
                .containsKeys(
                        "production settings",
                        "strong secret",
                        "certificate",
                        "connection pool",
                        "monitoring",
                        "logs",
                        "backup",
                        "continuous delivery",
                        "session storage",
                        "file storage",
                        "CDN")
                .doesNotContainValue(Verdict.FAIL);
    }

    @Test
    void aSecretThatCanBeGuessedFailsAndARandomOnePasses() {
        Config config = Config.in(folder);
        for (String weak : new String[] {
            "a".repeat(40), "your-secret-key-change-in-production-0123", "changeme-changeme-changeme-changeme-9"
        }) {
            assertThat(of(config.with(Setting.JWT_SECRET, weak)).get("strong secret"))
                    .isEqualTo(Verdict.FAIL);
        }
        assertThat(of(config.with(Setting.JWT_SECRET, "q8Zr2LkV0xYt7BnEo4MwDp9SfGhJc1Ua6Ti3Xe5Rb-_K"))
                        .get("strong secret"))
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void aBackupOfTheLastDayIsSeenAndAnOldOneIsNot() throws IOException {
        Config config = Config.in(folder);
        assertThat(of(config).get("backup")).isEqualTo(Verdict.ADVICE);
        Path backup = Files.createDirectories(folder.resolve("backups")).resolve("monday.zip");
        Files.writeString(backup, "x");
        assertThat(of(config).get("backup")).isEqualTo(Verdict.PASS);
        Files.setLastModifiedTime(backup, FileTime.from(Instant.now().minusSeconds(3 * 86_400)));
        assertThat(of(config).get("backup")).isEqualTo(Verdict.ADVICE);
    }

    @Test
    void aCertificateIsReadAndOneThatIsNoneFails() throws IOException {
        Config config = PatchbayServer.selfSigned(Config.in(folder), java.util.List.of("localhost"))
                .config();
        assertThat(of(config).get("certificate")).isEqualTo(Verdict.PASS);
        Path broken = Files.writeString(folder.resolve("broken.pem"), "no certificate");
        assertThat(of(config.with(Setting.TLS_CERTIFICATE, broken.toString())).get("certificate"))
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aProxyWhoseAddressIsNotKnownIsNoted() {
        Config behind = Config.in(folder).with(Setting.PUBLIC_URL, "https://calls.example");
        assertThat(of(behind).get("client addresses")).isEqualTo(Verdict.ADVICE);
        assertThat(of(behind.with(Setting.TRUSTED_PROXIES, "127.0.0.1")).get("client addresses"))
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void aBucketWithoutKeysFails() {
        assertThat(of(Config.in(folder).with(Setting.AWS_S3_BUCKET, "files")).get("file storage"))
                .isEqualTo(Verdict.FAIL);
    }
}
