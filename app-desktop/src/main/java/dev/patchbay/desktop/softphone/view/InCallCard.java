package dev.patchbay.desktop.softphone.view;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.icon;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import dev.patchbay.desktop.calls.TimelineList;
import dev.patchbay.desktop.controls.ClockLabel;
import dev.patchbay.desktop.controls.LevelMeter;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.softphone.PhoneModel;
import dev.patchbay.desktop.softphone.Sound;
import dev.patchbay.desktop.voice.VoiceLevels;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Call;
import java.time.Duration;
import java.time.Instant;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A call in progress.
final class InCallCard implements DockView.Card {
    private static final int COLUMNS = 3;

    private final DockModel model;
    private final PhoneModel phone;
    private final VBox node = new VBox(14);
    private final HBox who = new HBox(10);
    private final ClockLabel timer = ClockLabel.since();
    private final Label about = label("", "small", "soft");
    private final Label held = label(Words.bind("softphone.held"), "pill", "tone-warn");
    private final LevelMeter own = new LevelMeter();
    private final LevelMeter theirs = new LevelMeter();
    private final Label ownName = label("", "small", "soft");
    private final Label theirName = label("", "small", "soft");
    private final HBox quality = new HBox(10);
    private final Label qualityTitle = label("", "strong");
    private final Label qualityText = label("", "small");
    private final ToggleButton mute;
    private final ToggleButton hold;
    private final ToggleButton keypad;
    private final VBox pad = new VBox(8);
    private final Label keyed = label("", "keyed");
    private final TimelineList timeline;
    private final NotesBox notes;
    private final Button hangUp;
    private final ChangeListener<VoiceLevels> levels = (_, _, now) -> levels(now);
    private final ChangeListener<@Nullable Sound> sound = (_, _, _) -> quality();

    InCallCard(DockController controller) {
        this.model = controller.model();
        this.phone = model.phone();
        timer.getStyleClass().add("big-time");
        timeline = new TimelineList(model.timeline());
        notes = new NotesBox(controller);
        mute = tile(Feather.MIC, "softphone.mute", "softphone.unmute", "F9", controller::toggleMute);
        hold = tile(Feather.PAUSE, "softphone.hold", "softphone.resume", "F10", controller::toggleHold);
        keypad = tile(Feather.GRID, "softphone.keypad", "softphone.keypad", "0–9", controller::toggleKeypad);
        hangUp = button(Words.bind("softphone.hangUp"), controller::hangUp, "danger", "tall");
        hangUp.setMaxWidth(Double.MAX_VALUE);
        who.setAlignment(Pos.CENTER_LEFT);
        about.setMinWidth(0);
        HBox clockLine = new HBox(10, timer, about, Nodes.gap(), held);
        clockLine.setAlignment(Pos.BASELINE_LEFT);
        timer.setMinWidth(Label.USE_PREF_SIZE);
        held.setMinWidth(Label.USE_PREF_SIZE);
        keyed.textProperty().bind(model.keyedProperty());
        keyed.setMinHeight(24);
        pad.getChildren().addAll(keyed, new DialPad(controller::tone).node());
        qualityTitle.setWrapText(true);
        qualityText.setWrapText(true);
        VBox said = new VBox(2, qualityTitle, qualityText);
        HBox.setHgrow(said, Priority.ALWAYS);
        quality.getStyleClass().addAll("banner");
        quality.getChildren().addAll(icon(Feather.ALERT_TRIANGLE), said);
        VBox happened = new VBox(8, label(Words.bind("softphone.timeline"), "section"), timeline.node());
        // The keypad takes the timeline's place: the notes are to stay in view.
        happened.visibleProperty().bind(model.keypadProperty().not());
        happened.managedProperty().bind(happened.visibleProperty());
        VBox.setVgrow(notes, Priority.ALWAYS);
        node.getStyleClass().addAll("dock-card", "in-call");
        node.getChildren()
                .addAll(
                        who,
                        clockLine,
                        meters(),
                        quality,
                        tiles(),
                        pad,
                        hangUp,
                        happened,
                        label(Words.bind("softphone.notes"), "section"),
                        notes);
        pad.visibleProperty().bind(model.keypadProperty());
        pad.managedProperty().bind(model.keypadProperty());
        keypad.selectedProperty().bind(model.keypadProperty());
        phone.levels().addListener(levels);
        phone.sound().addListener(sound);
    }

    /// Three in a row; what later features add takes the next row.
    private GridPane tiles() {
        GridPane grid = new GridPane(8, 8);
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / COLUMNS);
            grid.getColumnConstraints().add(column);
        }
        grid.addRow(0, mute, hold, keypad);
        return grid;
    }

    /// @param back the key of its name while it is pressed: what pressing it again does
    private static ToggleButton tile(Feather icon, String key, String back, String shortcut, Runnable action) {
        ToggleButton tile = new ToggleButton();
        Label name = label(tile.selectedProperty().flatMap(pressed -> Words.bind(pressed ? back : key)), "tile-name");
        name.setMinWidth(0);
        VBox face = new VBox(4, icon(icon), name, label(shortcut, "tile-key"));
        face.setAlignment(Pos.CENTER);
        tile.setGraphic(face);
        tile.setMaxWidth(Double.MAX_VALUE);
        tile.getStyleClass().add("tile");
        tile.accessibleTextProperty().bind(name.textProperty());
        // The state comes back from the model; the button does not decide it by being pressed.
        tile.addEventFilter(javafx.event.ActionEvent.ACTION, event -> {
            event.consume();
            action.run();
        });
        return tile;
    }

    private GridPane meters() {
        GridPane grid = new GridPane(10, 8);
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(36);
        names.setMaxWidth(110);
        ColumnConstraints bars = new ColumnConstraints();
        bars.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(names, bars);
        grid.addRow(0, ownName, own);
        grid.addRow(1, theirName, theirs);
        own.setMaxWidth(Double.MAX_VALUE);
        theirs.setMaxWidth(Double.MAX_VALUE);
        return grid;
    }

    @Override
    public void update(DockState state) {
        if (!(state instanceof DockState.InCall in)) {
            return;
        }
        Call call = in.call();
        who.getChildren().setAll(CallerHead.of(call, in.lead(), model.dial().region()));
        Instant answered = call.answeredAt();
        timer.from().set(answered == null ? call.createdAt() : answered);
        String queue = call.queueName() == null ? "" : call.queueName();
        about.setText(
                answered == null
                        ? queue
                        : Words.of(
                                "softphone.answeredIn",
                                queue,
                                Math.max(
                                        0,
                                        Duration.between(call.createdAt(), answered)
                                                .toSeconds())));
        reveal(held, in.held());
        mute.setSelected(in.muted());
        hold.setSelected(in.held());
        ownName.setText(in.muted() ? Words.of("softphone.you.muted") : Words.of("softphone.you"));
        theirName.setText(firstName(call.caller().name()));
        own.setAccessibleText(Words.of("softphone.level", Words.of("softphone.you")));
        theirs.setAccessibleText(Words.of("softphone.level", call.caller().name()));
        notes.follow();
        timeline.refresh();
        quality();
    }

    private void levels(VoiceLevels now) {
        own.level().set(now.microphone());
        theirs.level()
                .set(now.links().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(0));
    }

    private void quality() {
        if (!(phone.state().get() instanceof DockState.InCall in)) {
            return;
        }
        quality.getStyleClass().removeAll("tone-warn", "tone-bad", "tone-good");
        Sound heard = phone.sound().get();
        switch (in.sound()) {
            case CONNECTING ->
                say("tone-warn", Words.of("softphone.sound.connecting"), Words.of("softphone.sound.connecting.advice"));
            case INTERRUPTED ->
                say(
                        "tone-bad",
                        Words.of("softphone.sound.interrupted"),
                        Words.of("softphone.sound.interrupted.advice"));
            case ENDED -> say("tone-bad", Words.of("softphone.sound.ended"), Words.of("softphone.sound.ended.advice"));
            case CONNECTED -> {
                if (heard == null || in.held()) {
                    reveal(quality, false);
                } else {
                    graded(heard);
                }
            }
        }
    }

    private void graded(Sound heard) {
        String style =
                switch (heard.grade()) {
                    case GOOD -> "tone-good";
                    case FAIR -> "tone-warn";
                    case POOR -> "tone-bad";
                };
        String cause =
                switch (heard.cause()) {
                    case NONE -> Words.of("softphone.cause.none");
                    case LOSS -> Words.of("softphone.cause.loss", heard.loss());
                    case DELAY -> Words.of("softphone.cause.delay", heard.rtt().toMillis());
                    case JITTER ->
                        Words.of("softphone.cause.jitter", heard.jitter().toMillis());
                };
        String advice =
                switch (heard.cause()) {
                    case NONE -> "";
                    case LOSS -> Words.of("softphone.advice.loss");
                    case DELAY -> Words.of("softphone.advice.delay");
                    case JITTER -> Words.of("softphone.advice.jitter");
                };
        say(style, Words.of("softphone.quality", heard.mos(), cause), advice);
    }

    private void say(String style, String title, String text) {
        quality.getStyleClass().add(style);
        qualityTitle.setText(title);
        qualityText.setText(text);
        reveal(qualityText, !text.isEmpty());
        reveal(quality.getChildren().getFirst(), !style.equals("tone-good"));
        reveal(quality, true);
    }

    private static String firstName(String name) {
        String stripped = name.strip();
        int space = stripped.indexOf(' ');
        return space > 0 ? stripped.substring(0, space) : stripped;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Node first() {
        return mute;
    }

    @Override
    public void close() {
        phone.levels().removeListener(levels);
        phone.sound().removeListener(sound);
        pad.visibleProperty().unbind();
        pad.managedProperty().unbind();
        keypad.selectedProperty().unbind();
        keyed.textProperty().unbind();
        timeline.close();
        notes.close();
    }
}
