package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every variable of the programs that Patchbay replaces is known; made from the list in `register-r12.txt`.
class RegisterTest {
    private static final String SECRET = "register-secret";

    @TempDir
    Path folder;

    record Line(String source, String name, String value) {}

    static Stream<Line> register() throws IOException {
        try (InputStream in = Objects.requireNonNull(RegisterTest.class.getResourceAsStream("/register-r12.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> new Line(
                                    line.substring(0, 3),
                                    line.substring(4, line.indexOf('=')),
                                    line.substring(line.indexOf('=') + 1)))
                            .toList()
                            .stream();
        }
    }

    private static List<String> printed(Config config, String name) {
        return config.print().lines().filter(one -> one.startsWith(name + "=")).toList();
    }

    @ParameterizedTest
    @MethodSource("register")
    void aNameOfTheSourcesIsTakenFromTheEnvironmentAndFromTheFileAndIsListed(Line line) throws IOException {
        Setting setting = Setting.valueOf(line.name());
        Config fromEnvironment = Config.load(Map.of(), Map.of(line.name(), line.value()), folder);
        assertThat(fromEnvironment.text(setting)).isEqualTo(line.value());
        assertThat(printed(fromEnvironment, line.name()))
                .singleElement()
                .asString()
                .contains("from: environment")
                .doesNotContain(SECRET);
        Files.writeString(
                folder.resolve("patchbay.properties"),
                line.name() + "=" + line.value().replace(":", "\\:") + "\n");
        Config fromFile = Config.load(Map.of(), Map.of(), folder);
        assertThat(fromFile.text(setting)).isEqualTo(line.value());
        assertThat(printed(fromFile, line.name()).getFirst()).contains("from: patchbay.properties");
        assertThat(fromFile.unused()).hasSize(setting.kind() == Setting.Kind.UNUSED ? 1 : 0);
    }

    @Test
    void whatHasNoMeaningHereIsToldOnceWithTheReason() throws IOException {
        Map<String, String> all = new HashMap<>();
        register().forEach(line -> all.put(line.name(), line.value()));
        Config config = Config.load(Map.of(), all, folder);
        assertThat(config.unused())
                .allSatisfy(line -> assertThat(line)
                        .contains("is accepted, not used because")
                        .doesNotContain(SECRET))
                .anySatisfy(line -> assertThat(line).startsWith("MONGODB_URI"))
                .anySatisfy(line -> assertThat(line).startsWith("RABBITMQ_URL"))
                .anySatisfy(line -> assertThat(line).startsWith("PUPPETEER_EXECUTABLE_PATH"));
        assertThat(config.print()).doesNotContain(SECRET);
    }

    @Test
    void aNameMeantForUsThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> Config.load(Map.of(), Map.of("PATCHBAY_POTR", "1"), folder))
                .isInstanceOf(Config.Unusable.class)
                .hasMessageContaining("PATCHBAY_POTR");
        assertThatThrownBy(() -> Config.load(Map.of(), Map.of("PATCHBAY_PORT", "1"), folder))
                .hasMessageContaining("it is called PORT");
        assertThat(Config.load(Map.of(), Map.of("PATCHBAY_DEMO_PASSWORD", "demo"), folder)
                        .isSet(Setting.PORT))
                .isFalse();
    }

    @Test
    void aSlipOfOneLetterIsToldAndAStrangerIsNot() {
        assertThat(Strangers.near(List.of(
                        "JWT_SECERT",
                        "RATE_LIMIT_MAX_REQUEST",
                        "LOG_LEVELS",
                        "PATH",
                        "PROT",
                        "HOSTNAME",
                        "JWT_SECRET",
                        "SSH_AGENT_PID")))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("JWT_SECERT", "JWT_SECRET"))
                .anySatisfy(line -> assertThat(line).contains("RATE_LIMIT_MAX_REQUESTS"))
                .anySatisfy(line -> assertThat(line).contains("LOG_LEVEL is"));
    }
}
