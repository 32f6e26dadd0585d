package dev.patchbay.desktop.settings;

import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.words.Words;
import java.util.Locale;

/// Look and language as the user left them. Read before the first window, written at every change.
public final class Personal {
    private Personal() {}

    /// Puts the kept look and language in force and keeps them from now on.
    public static void apply(Preferences preferences, Look look) {
        preferences.read("look", Kept.class).ifPresent(kept -> {
            look.choice().set(kept.theme());
            look.scale().set(Math.clamp(kept.scale(), 0.8, 2.0));
        });
        Words.speak(preferences
                .read("language", String.class)
                .map(Locale::forLanguageTag)
                .orElse(Locale.getDefault()));
        look.choice().subscribe((_, _) -> keep(preferences, look));
        look.scale().subscribe((_, _) -> keep(preferences, look));
    }

    private static void keep(Preferences preferences, Look look) {
        preferences.write("look", new Kept(look.choice().get(), look.scale().get()));
    }

    /// The look as it is kept.
    record Kept(Look.Choice theme, double scale) {}
}
