package dev.patchbay.desktop.shell;

import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.words.Words;
import java.time.Duration;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// How fresh everything on the screen is: "live 40 ms", "silent for 7 s", "offline, 3 changes kept".
final class LiveBadge extends HBox {
    private static final Duration STALE = Duration.ofSeconds(5);

    LiveBadge(ShellModel model) {
        super(6);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("live");
        Region dot = new Region();
        Label text = new Label();
        text.getStyleClass().addAll("small", "soft", "number");
        text.setMinWidth(Region.USE_PREF_SIZE);
        text.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> text(model.live().getValue()), model.live(), Words.language()));
        model.live()
                .subscribe(live -> dot.getStyleClass().setAll("dot", tone(live).style()));
        getChildren().addAll(dot, text);
    }

    static String text(ShellModel.Live live) {
        return switch (live) {
            case ShellModel.Live.Connected(Duration delay, Duration silent) ->
                silent.compareTo(STALE) > 0
                        ? Words.of("shell.live.silent", silent.toSeconds())
                        : Words.of("shell.live.connected", delay.toMillis());
            case ShellModel.Live.Connecting connecting -> Words.of("shell.live.connecting");
            case ShellModel.Live.Offline(int kept) ->
                kept == 0 ? Words.of("shell.live.offline") : Words.of("shell.live.kept", kept);
        };
    }

    static Tone tone(ShellModel.Live live) {
        return switch (live) {
            case ShellModel.Live.Connected connected ->
                connected.silentFor().compareTo(STALE) > 0 ? Tone.WARN : Tone.GOOD;
            case ShellModel.Live.Connecting connecting -> Tone.WARN;
            case ShellModel.Live.Offline offline -> Tone.BAD;
        };
    }
}
