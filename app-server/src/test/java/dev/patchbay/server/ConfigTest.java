package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    @TempDir
    Path folder;

    private Config load(Map<Setting, String> chosen, Map<String, String> environment) {
        return Config.load(chosen, environment, folder);
    }

    private void file(String text) throws IOException {
        Files.writeString(folder.resolve("patchbay.properties"), text);
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        file("PORT=1001\nHOST=filehost\nLOG_LEVEL=debug\n");
        Config config = load(Map.of(Setting.PORT, "1003"), Map.of("PORT", "1002", "HOST", "envhost"));
        assertThat(config.count(Setting.PORT)).isEqualTo(1003);
        assertThat(config.text(Setting.HOST)).isEqualTo("envhost");
        assertThat(config.text(Setting.LOG_LEVEL)).isEqualTo("debug");
        assertThat(config.count(Setting.DB_POOL_SIZE)).isEqualTo(10);
    }

    @Test
    void anUnknownNameInTheFileIsRefusedAndOneInTheEnvironmentIsAStranger() throws IOException {
        assertThat(load(Map.of(), Map.of("PROT", "8090", "PATH", "/bin")).count(Setting.PORT))
                .isEqualTo(8090);
        file("PROT=8090\n");
        assertThatThrownBy(() -> load(Map.of(), Map.of()))
                .isInstanceOf(Config.Unusable.class)
                .hasMessageContaining("PROT");
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, 80a",
        "PORT, 70000",
        "JWT_EXPIRES_IN, soon",
        "JWT_EXPIRES_IN, 0s",
        "JWT_SECRET, too short",
        "ALLOWED_ORIGINS, *",
        "DATABASE_URL, mysql://x",
        "BCRYPT_ROUNDS, 4",
        "MESSAGE_SEARCH_ENABLED, maybe",
        "LOG_LEVEL, loud",
        "PASSWORD_HASH, md5",
        "PUBLIC_URL, ftp://x"
    })
    void anUnusableValueIsRefusedWithTheNameOfTheVariable(String name, String value) {
        assertThatThrownBy(() -> load(Map.of(), Map.of(name, value)))
                .isInstanceOf(Config.Unusable.class)
                .hasMessageContaining(name);
    }

    @Test
    void aSecretThatIsTooShortIsNotRepeated() {
        assertThatThrownBy(() -> load(Map.of(), Map.of("JWT_SECRET", "hunter2hunter2")))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void thePrintedListMasksSecretsAndTellsOrigins() {
        Config config = load(
                Map.of(),
                Map.of(
                        "DB_PASSWORD", "s3cr3t-pw",
                        "DATABASE_URL", "jdbc:postgresql://db/x?user=u&password=s3cr3t-pw",
                        "TURN_SECRET", "s3cr3t-pw",
                        "PORT", "9000"));
        assertThat(config.print())
                .doesNotContain("s3cr3t-pw")
                .contains("DB_PASSWORD=********")
                .contains("PORT=9000  # default: 8090; from: environment");
        assertThat(config.print().lines()).hasSize(Setting.values().length);
    }

    @Test
    void namesOfTheProgramsBeforeUsAreAcceptedWithOneLineEach() {
        Config config = load(Map.of(), Map.of("MONGODB_URI", "mongodb://x", "NODE_ENV", "production"));
        assertThat(config.unused()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("is accepted, not used because"));
    }

    @ParameterizedTest
    @CsvSource({"15m, PT15M", "24h, PT24H", "7d, PT168H", "90, PT1M30S", "90s, PT1M30S", "500ms, PT0.5S"})
    void timesAreWrittenAsTheSourcesWroteThem(String text, Duration span) {
        assertThat(Config.in(folder).with(Setting.JWT_EXPIRES_IN, text).duration(Setting.JWT_EXPIRES_IN))
                .isEqualTo(span);
    }

    @Test
    void whatTheFirstRunChoseIsThereAtTheNextStart() {
        Config.in(folder)
                .with(Setting.HOST, "0.0.0.0")
                .with(Setting.TLS_KEY, "C:\\keys\\tls.pem")
                .save();
        Config again = load(Map.of(), Map.of());
        assertThat(again.text(Setting.HOST)).isEqualTo("0.0.0.0");
        assertThat(again.text(Setting.TLS_KEY)).isEqualTo("C:\\keys\\tls.pem");
    }
}
