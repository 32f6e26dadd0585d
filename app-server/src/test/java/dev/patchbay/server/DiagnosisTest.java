package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {
    @TempDir
    Path folder;

    private static Map<String, Diagnosis.Finding> of(Config config) {
        return Diagnosis.of(config).stream().collect(Collectors.toMap(Diagnosis.Finding::what, Function.identity()));
    }

    @Test
    void aFreshFolderOnThisMachineAloneHasNothingToMend() {
        assertThat(of(Config.in(folder)).values().stream()
                        .filter(one -> !one.what().equals("disk")))
                .allSatisfy(finding -> assertThat(finding.passed())
                        .as(finding.what() + ": " + finding.tells())
                        .isTrue());
    }

    @Test
    void aServerForOthersNeedsHttps() {
        Diagnosis.Finding https =
                of(Config.in(folder).with(Setting.HOST, "0.0.0.0")).get("HTTPS");
        assertThat(https.passed()).isFalse();
        assertThat(https.tells()).contains("microphone", "TLS_CERTIFICATE");
        assertThat(of(Config.in(folder).with(Setting.HOST, "0.0.0.0").with(Setting.PUBLIC_URL, "https://calls.example"))
                        .get("HTTPS")
                        .passed())
                .isTrue();
    }

    @Test
    void aTurnServerWithoutCredentialsIsIncomplete() {
        Config config = Config.in(folder).with(Setting.TURN_SERVER, "turn.example");
        assertThat(of(config).get("calls over the internet").passed()).isFalse();
        assertThat(of(config.with(Setting.TURN_SECRET, "a secret"))
                        .get("calls over the internet")
                        .passed())
                .isTrue();
    }

    @Test
    void aSecretThatOthersCanReadIsNamedWithTheCommandThatMendsIt() throws IOException {
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this file system has no permissions");
        Path secret = Files.writeString(folder.resolve("jwt-secret"), "x".repeat(64));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        Diagnosis.Finding finding = of(Config.in(folder)).get("signing secret");
        assertThat(finding.passed()).isFalse();
        assertThat(finding.tells()).contains("chmod 600");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        assertThat(of(Config.in(folder)).get("signing secret").passed()).isTrue();
    }

    @Test
    void aFolderThatIsAFileAndADatabaseThatIsNotThereAreSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThat(of(Config.in(file.resolve("data"))).get("data folder").tells())
                .contains("cannot be written");
        Diagnosis.Finding database = of(Config.in(folder)
                        .with(Setting.DATABASE_URL, "jdbc:h2:tcp://localhost:1/./nobody"))
                .get("database");
        assertThat(database.passed()).isFalse();
        assertThat(database.tells()).contains("cannot be reached");
    }
}
