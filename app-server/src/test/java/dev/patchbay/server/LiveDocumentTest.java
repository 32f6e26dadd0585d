package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LiveDocumentTest {
    @Test
    void theDocumentTellsWhatTheServerHas() throws IOException {
        Path document = Path.of("..", "docs", "live.md").toAbsolutePath().normalize();
        try (TestServer server = TestServer.start()) {
            String text = LiveDocument.text(server.server().hub().commands());
            if (Boolean.getBoolean("patchbay.write")) {
                Files.writeString(document, text);
            }
            assertThat(document)
                    .as("docs/live.md is made from the code: write it anew as its second line says")
                    .hasContent(text);
        }
    }
}
