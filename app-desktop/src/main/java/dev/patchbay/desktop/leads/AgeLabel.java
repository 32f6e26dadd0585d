package dev.patchbay.desktop.leads;

import dev.patchbay.desktop.controls.ClockLabel;
import dev.patchbay.desktop.controls.Ticker;
import dev.patchbay.desktop.words.Words;
import java.time.Duration;
import java.time.Instant;
import javafx.scene.control.Label;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// How long a lead has waited for a first word: fresh in green, then amber, then red, and quiet when it is days old.
/// Listens to the shared ticker only while it is in a scene.
final class AgeLabel extends Label {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration WARM = Duration.ofMinutes(2);
    private static final Duration COLD = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private @Nullable Instant since;
    private @Nullable Subscription beat;

    AgeLabel() {
        getStyleClass().addAll("age", "number");
        sceneProperty().addListener((_, _, scene) -> {
            if (beat != null) {
                beat.unsubscribe();
                beat = null;
            }
            if (scene != null) {
                beat = Ticker.shared().subscribe(this::show);
            }
        });
    }

    void since(Instant start) {
        since = start;
        show(Ticker.shared().now());
    }

    private void show(Instant now) {
        Instant start = since;
        if (start == null) {
            return;
        }
        Duration age = Duration.between(start, now);
        String tone = age.compareTo(FRESH) < 0
                ? "age-fresh"
                : age.compareTo(WARM) < 0 ? "age-warm" : age.compareTo(COLD) < 0 ? "age-late" : "age-old";
        if (!getStyleClass().contains(tone)) {
            getStyleClass().removeIf(style -> style.startsWith("age-"));
            getStyleClass().add(tone);
        }
        setText(
                age.compareTo(COLD) < 0
                        ? ClockLabel.text(age)
                        : age.compareTo(DAY) < 0
                                ? Words.of("leads.age.hours", age.toHours())
                                : Words.of("leads.age.days", age.toDays()));
    }
}
