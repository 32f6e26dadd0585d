package dev.patchbay.desktop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.voice.Conversation;
import dev.patchbay.model.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a newcomer runs first: server, caller and console in one process, without a display or a sound card.
class DemoTest {
    private static final double LOUD = 1_000;

    @TempDir
    Path folder;

    @Test
    void theDemoCompletesItsCallAndKeepsWhatTheAgentHeard() throws Exception {
        Conversation.networkOrSkip();
        Path log = folder.resolve("demo.log");
        Path out = folder.resolve("out");
        Process demo = JavaProgram.start(
                log,
                Map.of("XDG_RUNTIME_DIR", folder.toString()),
                "dev.patchbay.desktop.Main",
                List.of("demo", "--headless", "--calls", "1", "--port", "0", "--out", out.toString()));
        try {
            assertThat(demo.waitFor(150, TimeUnit.SECONDS)).as("the demo ends").isTrue();
        } finally {
            JavaProgram.kill(demo);
        }
        assertThat(demo.exitValue()).as(Files.readString(log)).isZero();
        JsonNode told = Json.MAPPER.readTree(out.resolve("timeline.json").toFile());
        assertThat(told.path("completed").asInt()).isEqualTo(1);
        assertThat(out.resolve("console.png")).isNotEmptyFile();
        assertThat(loudest(out.resolve("heard-by-agent.wav")))
                .as("the caller's speech")
                .isGreaterThan(LOUD);
    }

    /// The greatest sample of a file of 16-bit samples.
    private static double loudest(Path file) throws Exception {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
            byte[] bytes = in.readAllBytes();
            double greatest = 0;
            for (int i = 0; i + 1 < bytes.length; i += 2) {
                greatest = Math.max(greatest, Math.abs((short) ((bytes[i] & 0xff) | bytes[i + 1] << 8)));
            }
            return greatest;
        }
    }
}
