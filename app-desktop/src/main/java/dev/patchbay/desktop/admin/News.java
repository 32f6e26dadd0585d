package dev.patchbay.desktop.admin;

import dev.patchbay.desktop.controls.Tone;
import org.jspecify.annotations.Nullable;

/// Where a screen says what happened, as [dev.patchbay.desktop.controls.Toasts] does.
@FunctionalInterface
public interface News {
    /// @param action the words of a button, such as "Undo"; null for none
    void say(Tone tone, String sentence, @Nullable String action, Runnable run);

    default void say(Tone tone, String sentence) {
        say(tone, sentence, null, () -> {});
    }
}
