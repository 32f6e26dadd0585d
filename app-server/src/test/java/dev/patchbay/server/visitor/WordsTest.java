package dev.patchbay.server.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The call page's texts in each language.
class WordsTest {
    private static final Pattern GAP = Pattern.compile("\\{(\\w+)}");
    private static final Pattern KEY = Pattern.compile("(?:\\bsay\\(|data-say=)[\"']([a-zA-Z.]+)[\"']");

    private static String file(String name) {
        try (InputStream in =
                Objects.requireNonNull(WordsTest.class.getResourceAsStream("/visitor/" + name), "no file " + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode words(String language) {
        return Json.read(file("words/" + language + ".json"), JsonNode.class);
    }

    /// Each key with the gaps that are filled in its text.
    private static Map<String, Set<String>> gaps(JsonNode words) {
        Map<String, Set<String>> gaps = new TreeMap<>();
        words.properties()
                .forEach(word -> gaps.put(
                        word.getKey(),
                        GAP.matcher(word.getValue().toString())
                                .results()
                                .map(MatchResult::group)
                                .collect(Collectors.toCollection(TreeSet::new))));
        return gaps;
    }

    @Test
    void germanSaysEverythingThatEnglishSaysWithTheSameGaps() {
        assertThat(gaps(words("de"))).isEqualTo(gaps(words("en")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void noTextIsEmptyAndEachPluralHasItsOtherForm(String language) {
        words(language).properties().forEach(word -> {
            JsonNode text = word.getValue();
            assertThat(text.isTextual() || text.isObject()).as(word.getKey()).isTrue();
            if (text.isObject()) {
                assertThat(text.path("other").asText()).as(word.getKey()).isNotBlank();
            } else {
                assertThat(text.asText()).as(word.getKey()).isNotBlank();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"page.html", "view.js"})
    void everyKeyThatThePageNamesHasAText(String name) {
        Set<String> named = KEY.matcher(file(name))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(5);
        assertThat(gaps(words("en")).keySet()).containsAll(named);
    }
}
