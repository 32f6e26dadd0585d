package dev.patchbay.desktop.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private Path file = Path.of("outbox.jsonl");

    @BeforeEach
    void place(@TempDir Path folder) {
        file = folder.resolve("outbox.jsonl");
    }

    private static Change change(String id) {
        return new Change(id, "lead.create", Json.tree(Map.of("name", id)), "", Instant.EPOCH, null);
    }

    @Test
    void changesComeBackInOrderAndTheDoneOnesDoNot() {
        try (Journal journal = new Journal(file)) {
            journal.put(change("a"));
            journal.put(change("b"));
            journal.put(change("c"));
            journal.over("b");
        }
        try (Journal journal = new Journal(file)) {
            assertThat(journal.open()).extracting(Change::id).containsExactly("a", "c");
            assertThat(journal.open().getFirst()).isEqualTo(change("a"));
        }
    }

    @Test
    void aLineTornByAKillAtAnyByteLosesOnlyItself() throws IOException {
        try (Journal journal = new Journal(file)) {
            journal.put(change("first"));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 0; cut < whole.length; cut++) {
            Files.write(file, whole);
            Files.write(file, java.util.Arrays.copyOf(whole, cut), StandardOpenOption.APPEND);
            try (Journal journal = new Journal(file)) {
                assertThat(journal.open()).extracting(Change::id).containsExactly("first");
                journal.put(change("next"));
            }
            try (Journal journal = new Journal(file)) {
                assertThat(journal.open()).extracting(Change::id).containsExactly("first", "next");
            }
        }
    }

    @Test
    void aDamagedLineIsSetAsideAndTheOthersGoOn() throws IOException {
        try (Journal journal = new Journal(file)) {
            journal.put(change("a"));
        }
        Files.writeString(file, "{\"change\":\u0000}\n", StandardOpenOption.APPEND);
        try (Journal journal = new Journal(file)) {
            assertThat(journal.open()).extracting(Change::id).containsExactly("a");
        }
        assertThat(file.resolveSibling("outbox.jsonl.damaged")).exists();
    }

    @Test
    void aSecondConsoleIsKeptOut() {
        try (Journal journal = new Journal(file)) {
            assertThat(journal.open()).isEmpty();
            assertThatThrownBy(() -> new Journal(file))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Another console");
        }
    }

    @Test
    void theFileStaysShortHoweverMuchGoesThrough() throws IOException {
        try (Journal journal = new Journal(file)) {
            journal.put(change("stays"));
            for (int i = 0; i < 1_000; i++) {
                journal.put(change("n" + i));
                journal.over("n" + i);
            }
            assertThat(Files.size(file)).isLessThan(50_000);
        }
        try (Journal journal = new Journal(file)) {
            assertThat(journal.open()).extracting(Change::id).containsExactly("stays");
        }
    }
}
