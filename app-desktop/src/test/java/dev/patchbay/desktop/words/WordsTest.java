package dev.patchbay.desktop.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z][A-Za-z0-9_]*(?:\\.[A-Za-z0-9_]*)+)\"");
    private static final Pattern SAID = Pattern.compile("Words\\.(?:of|bind)\\(\\s*\"([^\"]+)\"(\\s*\\+)?");

    @AfterEach
    void english() {
        Words.speak(Locale.ENGLISH);
    }

    @Test
    void everyLanguageHasTheSameKeysAndPlaceholders() {
        for (String feature : Words.FEATURES) {
            var english = Words.read(feature, Locale.ENGLISH);
            for (Locale language : Words.LANGUAGES) {
                var words = Words.read(feature, language);
                assertThat(words.stringPropertyNames())
                        .as("keys of %s in %s", feature, language)
                        .isEqualTo(english.stringPropertyNames());
                for (String key : english.stringPropertyNames()) {
                    assertThat(places(words.getProperty(key)))
                            .as("placeholders of %s in %s", key, language)
                            .isEqualTo(places(english.getProperty(key)));
                    assertThat(words.getProperty(key))
                            .as("%s in %s", key, language)
                            .isNotBlank();
                }
            }
        }
    }

    @Test
    void everyKeyIsUsedSomewhere() {
        Set<String> literals = new HashSet<>();
        sources().forEach(source -> {
            Matcher literal = LITERAL.matcher(source);
            while (literal.find()) {
                literals.add(literal.group(1));
            }
        });
        List<String> unused = new ArrayList<>();
        for (String feature : Words.FEATURES) {
            for (String key : Words.read(feature, Locale.ENGLISH).stringPropertyNames()) {
                boolean used = literals.contains(key)
                        || literals.stream().anyMatch(literal -> literal.endsWith(".") && key.startsWith(literal));
                if (!used) {
                    unused.add(key);
                }
            }
        }
        assertThat(unused).as("keys that no source names").isEmpty();
    }

    @Test
    void everyKeyThatIsSaidHasWords() {
        List<String> missing = new ArrayList<>();
        sources().forEach(source -> {
            Matcher said = SAID.matcher(source);
            while (said.find()) {
                boolean whole = said.group(2) == null;
                if (whole && !Words.has(said.group(1))) {
                    missing.add(said.group(1));
                }
            }
        });
        assertThat(missing).as("keys without words").isEmpty();
    }

    @Test
    void aBoundSentenceFollowsTheLanguage() {
        var state = Words.bind("common.state.available");
        assertThat(state.get()).isEqualTo("Available");
        Words.speak(Locale.GERMANY);
        assertThat(state.get()).isEqualTo("Bereit");
        assertThat(Words.language().get()).isEqualTo(Locale.GERMAN);
    }

    @Test
    void apostrophesAndPluralsAreSaidAsWritten() {
        assertThat(Words.of("shell.live.kept", 1)).isEqualTo("offline, 1 change kept");
        assertThat(Words.of("shell.live.kept", 3)).isEqualTo("offline, 3 changes kept");
        Words.Table table = new Words.Table(
                Locale.ENGLISH, java.util.Map.of("a", "it's {0}"), new java.util.concurrent.ConcurrentHashMap<>());
        assertThat(table.say("a", "Ben")).isEqualTo("it's Ben");
    }

    @Test
    void anUnknownLanguageFallsBackToEnglish() {
        assertThat(Words.known(Locale.JAPANESE)).isEqualTo(Locale.ENGLISH);
        assertThat(Words.known(Locale.forLanguageTag("de-AT"))).isEqualTo(Locale.GERMAN);
    }

    private static Set<String> places(String pattern) {
        Set<String> places = new TreeSet<>();
        Matcher place = PLACE.matcher(pattern);
        while (place.find()) {
            places.add(place.group(1));
        }
        return places;
    }

    private static List<String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
