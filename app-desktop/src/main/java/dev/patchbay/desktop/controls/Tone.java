package dev.patchbay.desktop.controls;

import java.util.Locale;

/// What a colour says. Never alone: a word or an icon stands beside it.
public enum Tone {
    NEUTRAL,
    ACCENT,
    GOOD,
    WARN,
    BAD,
    CALL,
    WRAP_UP,
    BREAK;

    /// The style class, such as `tone-good`.
    public String style() {
        return "tone-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
