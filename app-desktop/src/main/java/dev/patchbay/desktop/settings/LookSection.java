package dev.patchbay.desktop.settings;

import dev.patchbay.desktop.controls.Card;
import dev.patchbay.desktop.controls.Segmented;
import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.words.Words;
import java.util.Locale;
import javafx.beans.property.SimpleStringProperty;

/// Theme, size, language. All take effect at once.
final class LookSection extends Section {
    LookSection(Look look, Preferences preferences) {
        Segmented<Look.Choice> theme = new Segmented<>(look.choice().get());
        for (Look.Choice choice : Look.Choice.values()) {
            theme.add(choice, Words.bind("settings.look.theme." + choice.name()));
        }
        theme.chosen().subscribe(choice -> look.choice().set(choice));
        look.choice().subscribe(theme::choose);
        Segmented<Double> size = new Segmented<>(look.scale().get());
        for (double scale : new double[] {0.9, 1.0, 1.25, 1.5, 2.0}) {
            size.add(scale, Words.bind("settings.look.percent", Math.round(scale * 100)));
        }
        size.chosen().subscribe(scale -> look.scale().set(scale));
        Segmented<Locale> language = new Segmented<>(Words.language().get());
        for (Locale locale : Words.LANGUAGES) {
            // A language is written in itself, for those who look for theirs.
            String name = locale.getDisplayLanguage(locale);
            language.add(
                    locale, new SimpleStringProperty(name.substring(0, 1).toUpperCase(locale) + name.substring(1)));
        }
        language.chosen().subscribe(locale -> {
            Words.speak(locale);
            preferences.write("language", locale.toLanguageTag());
        });
        getChildren()
                .add(new Card(
                        row(Words.bind("settings.look.theme"), Words.bind("settings.look.theme.text"), theme),
                        row(Words.bind("settings.look.size"), Words.bind("settings.look.size.text"), size),
                        row(
                                Words.bind("settings.look.language"),
                                Words.bind("settings.look.language.text"),
                                language)));
    }
}
