package dev.patchbay.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencesTest {
    @TempDir
    Path folder;

    @Test
    void aChoiceIsThereAfterARestart() throws IOException {
        Path file = folder.resolve("state/preferences.json");
        new Preferences(file).write(SoundChoice.NAME, new SoundChoice("mic-1", null, "speaker-2", true, false, true));
        assertThat(new Preferences(file).read(SoundChoice.NAME, SoundChoice.class))
                .contains(new SoundChoice("mic-1", null, "speaker-2", true, false, true));
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertThat(left).as("no half-written file stays behind").containsExactly(file);
        }
    }

    @Test
    void aDamagedFileIsSetAsideAndTheDefaultsHold() throws IOException {
        Path file = folder.resolve("preferences.json");
        Files.writeString(file, "{\"rail\": tru");
        Preferences preferences = new Preferences(file);
        assertThat(preferences.read("rail", Boolean.class)).isEmpty();
        assertThat(preferences.setAside())
                .hasValueSatisfying(aside -> assertThat(aside).hasContent("{\"rail\": tru"));
        preferences.write("rail", true);
        assertThat(new Preferences(file).read("rail", Boolean.class)).contains(true);
    }

    @Test
    void aValueOfAnotherShapeCountsAsAbsent() {
        Path file = folder.resolve("preferences.json");
        new Preferences(file).write("window", "wide");
        assertThat(new Preferences(file).read("window", SoundChoice.class)).isEmpty();
    }

    @Test
    void aDiskThatRefusesDoesNotStopTheConsole() throws IOException {
        Path occupied = Files.writeString(folder.resolve("occupied"), "a file where a folder is needed");
        Preferences preferences = new Preferences(occupied.resolve("preferences.json"));
        preferences.write("rail", true);
        assertThat(preferences.read("rail", Boolean.class)).contains(true);
    }
}
