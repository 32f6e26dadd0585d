package dev.patchbay.desktop.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.NodeOrientation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says a key in the language in force. [#bind] follows a change of language without a restart.
///
/// Keys begin with their feature (`calls.empty.title`), whose files are `words/calls_en.properties` and so on.
public final class Words {
    /// The features that have words; a missing file counts as empty, a test insists on all languages.
    public static final List<String> FEATURES = List.of(
            "common",
            "shell",
            "calls",
            "leads",
            "softphone",
            "start",
            "settings",
            "session",
            "console",
            "admin",
            "profile");

    /// The languages with complete words. Spanish, French and Arabic join by adding their files and a line here.
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private static final Logger LOG = LoggerFactory.getLogger(Words.class);
    private static final ReadOnlyObjectWrapper<Locale> LANGUAGE = new ReadOnlyObjectWrapper<>(Locale.ENGLISH);
    private static volatile Table table = Table.of(Locale.ENGLISH);

    private Words() {}

    /// The language in force, for bindings of one's own (dates, numbers).
    public static ReadOnlyObjectProperty<Locale> language() {
        return LANGUAGE.getReadOnlyProperty();
    }

    /// Switches everything bound to words. On the JavaFX thread once a window shows.
    public static void speak(Locale wanted) {
        Locale known = known(wanted);
        table = Table.of(known);
        LANGUAGE.set(known);
    }

    /// The nearest language that has words: the same language, else English.
    public static Locale known(Locale wanted) {
        return LANGUAGES.stream()
                .filter(language -> language.getLanguage().equals(wanted.getLanguage()))
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    /// Arabic and Hebrew are laid out from the right.
    public static NodeOrientation orientation() {
        return switch (table.locale().getLanguage()) {
            case "ar", "he", "fa", "ur" -> NodeOrientation.RIGHT_TO_LEFT;
            default -> NodeOrientation.LEFT_TO_RIGHT;
        };
    }

    /// The sentence, with `{0}`, `{1}` … replaced. From any thread.
    public static String of(String key, Object... args) {
        return table.say(key, args);
    }

    /// Whether the key has words, for codes that come from the server.
    public static boolean has(String key) {
        return table.patterns().containsKey(key);
    }

    /// The sentence as a value that follows the language; an argument that is an [ObservableValue] is followed too.
    public static StringBinding bind(String key, Object... args) {
        var dependencies = new java.util.ArrayList<javafx.beans.Observable>();
        dependencies.add(LANGUAGE);
        for (Object arg : args) {
            if (arg instanceof ObservableValue<?> value) {
                dependencies.add(value);
            }
        }
        return Bindings.createStringBinding(
                () -> of(key, current(args)), dependencies.toArray(javafx.beans.Observable[]::new));
    }

    private static Object[] current(Object[] args) {
        Object[] now = new Object[args.length];
        for (int i = 0; i < args.length; i++) {
            Object arg = args[i] instanceof ObservableValue<?> value ? value.getValue() : args[i];
            now[i] = arg == null ? "" : arg;
        }
        return now;
    }

    /// All patterns of one language.
    record Table(Locale locale, Map<String, String> patterns, Map<String, MessageFormat> formats) {
        static Table of(Locale locale) {
            Map<String, String> all = new HashMap<>();
            FEATURES.forEach(
                    feature -> read(feature, locale).forEach((key, value) -> all.put((String) key, (String) value)));
            return new Table(locale, Map.copyOf(all), new ConcurrentHashMap<>());
        }

        String say(String key, Object... args) {
            String pattern = patterns.get(key);
            if (pattern == null) {
                LOG.warn("No words for {} in {}: the key is shown in their place", key, locale);
                return key;
            }
            if (args.length == 0) {
                return pattern;
            }
            MessageFormat format =
                    formats.computeIfAbsent(key, wanted -> new MessageFormat(pattern.replace("'", "''"), locale));
            synchronized (format) {
                return format.format(args);
            }
        }
    }

    /// The words of one feature in one language as they stand in the file.
    static Properties read(String feature, Locale locale) {
        Properties words = new Properties();
        String name = "/dev/patchbay/desktop/words/" + feature + "_" + locale.getLanguage() + ".properties";
        try (InputStream file = Words.class.getResourceAsStream(name)) {
            if (file != null) {
                Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8);
                words.load(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the words " + name + " cannot be read", e);
        }
        return words;
    }
}
