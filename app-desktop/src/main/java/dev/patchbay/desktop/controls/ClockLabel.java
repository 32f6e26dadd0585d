package dev.patchbay.desktop.controls;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Label;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// How long something has lasted (`since`), or how long until it ends (`until`), as `0:48`, `12:03` or `1:02:03`.
/// Listens to the shared [Ticker] only while it is in a scene.
public final class ClockLabel extends Label {
    private final ObjectProperty<@Nullable Instant> from = new SimpleObjectProperty<>();
    private final boolean down;
    private @Nullable Subscription beat;

    private ClockLabel(boolean down, Ticker ticker) {
        this.down = down;
        getStyleClass().addAll("clock", "number");
        setMinWidth(USE_PREF_SIZE);
        from.addListener((_, _, _) -> show(ticker.now()));
        sceneProperty().addListener((_, _, scene) -> {
            if (beat != null) {
                beat.unsubscribe();
                beat = null;
            }
            if (scene != null) {
                beat = ticker.subscribe(this::show);
            }
        });
    }

    /// Counts up from the instant in [#from].
    public static ClockLabel since() {
        return new ClockLabel(false, Ticker.shared());
    }

    /// Counts down to the instant in [#from]; stays at 0:00.
    public static ClockLabel until() {
        return new ClockLabel(true, Ticker.shared());
    }

    /// Where the count starts, or ends; empty while null.
    public ObjectProperty<@Nullable Instant> from() {
        return from;
    }

    private void show(Instant now) {
        Instant instant = from.get();
        if (instant == null) {
            setText("");
        } else {
            setText(text(down ? Duration.between(now, instant) : Duration.between(instant, now)));
        }
    }

    /// `m:ss`, with hours when there are any; a negative duration counts as none (clocks differ a little).
    public static String text(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
