package dev.patchbay.server.settings;

import java.util.List;

/// What can be chosen: the console's themes and languages.
final class Choosable {
    /// @param key as preferences name it
    record Theme(String key, String name) {}

    record Themes(List<Theme> items) {}

    /// @param code BCP 47
    /// @param name in the language itself
    /// @param direction `ltr` or `rtl`
    record Language(String code, String name, String direction) {}

    record Languages(List<Language> items) {}

    static final Themes THEMES = new Themes(List.of(
            new Theme("system", "As the system"),
            new Theme("light", "Light"),
            new Theme("dark", "Dark"),
            new Theme("contrast", "High contrast")));

    static final Languages LANGUAGES =
            new Languages(List.of(new Language("en", "English", "ltr"), new Language("de", "Deutsch", "ltr")));

    private Choosable() {}

    static boolean isTheme(String key) {
        return THEMES.items().stream().anyMatch(theme -> theme.key().equals(key));
    }

    static boolean isLanguage(String code) {
        return LANGUAGES.items().stream().anyMatch(language -> language.code().equals(code));
    }
}
