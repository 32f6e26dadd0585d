package dev.patchbay.desktop.softphone.view;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import dev.patchbay.desktop.calls.CallWords;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.controls.Ticker;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.softphone.PhoneModel;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.Call;
import java.time.Duration;
import java.time.Instant;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The call is over and is written up: a disposition by one key, notes, done.
final class WrapUpCard implements DockView.Card {
    private final DockController controller;
    private final DockModel model;
    private final PhoneModel phone;
    private final VBox node = new VBox(14);
    private final HBox who = new HBox(10);
    private final Label how = label("", "small", "soft");
    private final Label left = label("", "small", "soft");
    private final ProgressBar bar = new ProgressBar(1);
    private final Button extend;
    private final VBox choices = new VBox(4);
    private final Label missing = label(Words.bind("softphone.wrapUp.missing"), "small", "text-bad");
    private final NotesBox notes;
    private final Button done = new Button();
    private final Subscription beat;
    private final ChangeListener<Object> choicesChanged = (_, _, _) -> choices();
    private final ChangeListener<Object> chosen = (_, _, _) -> chosen();
    private final ChangeListener<@Nullable AgentView> agentChanged = (_, _, _) -> done();
    private @Nullable Instant until;
    private Duration whole = Duration.ofSeconds(30);

    WrapUpCard(DockController controller) {
        this.controller = controller;
        this.model = controller.model();
        this.phone = model.phone();
        notes = new NotesBox(controller);
        extend = button(Words.bind("softphone.wrapUp.extend"), controller::extend, "compact");
        extend.setMinWidth(Button.USE_PREF_SIZE);
        done.getStyleClass().addAll("primary", "tall");
        done.setMaxWidth(Double.MAX_VALUE);
        done.setOnAction(_ -> controller.done());
        who.setAlignment(Pos.CENTER_LEFT);
        how.setWrapText(true);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.accessibleTextProperty().bind(Words.bind("softphone.wrapUp.left.name"));
        missing.setWrapText(true);
        HBox clockLine = new HBox(8, left, Nodes.gap(), extend);
        clockLine.setAlignment(Pos.CENTER_LEFT);
        VBox.setVgrow(notes, Priority.ALWAYS);
        choices.getStyleClass().add("choices");
        node.getStyleClass().addAll("dock-card", "wrap-up");
        node.getChildren()
                .addAll(
                        who,
                        how,
                        new VBox(6, bar, clockLine),
                        label(Words.bind("softphone.wrapUp.disposition"), "section"),
                        choices,
                        missing,
                        label(Words.bind("softphone.notes"), "section"),
                        notes,
                        done);
        missing.visibleProperty().bind(model.dispositionMissingProperty());
        missing.managedProperty().bind(model.dispositionMissingProperty());
        phone.dispositions().addListener(choicesChanged);
        phone.agent().addListener(agentChanged);
        model.dispositionProperty().addListener(chosen);
        node.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        choices();
        beat = Ticker.shared().subscribe(this::count);
    }

    /// Enter on a disposition, and Ctrl-Enter anywhere: done.
    private void pressed(KeyEvent key) {
        boolean onChoice = key.getTarget() instanceof ToggleButton && !key.isShortcutDown();
        if (key.getCode() == KeyCode.ENTER && (key.isShortcutDown() || onChoice)) {
            if (onChoice && model.dispositionProperty().get() == null) {
                return;
            }
            key.consume();
            controller.done();
        }
    }

    private void choices() {
        choices.getChildren().clear();
        for (PhoneModel.Choice choice : phone.dispositions().get()) {
            Label key = label(choice.shortcut() == null ? " " : choice.shortcut(), "key");
            Label name = label(choice.name());
            HBox line = new HBox(10, key, name);
            line.setAlignment(Pos.CENTER_LEFT);
            ToggleButton button = new ToggleButton();
            button.setGraphic(line);
            button.setMaxWidth(Double.MAX_VALUE);
            button.setAlignment(Pos.CENTER_LEFT);
            button.getStyleClass().add("choice");
            button.setUserData(choice);
            button.setAccessibleText(choice.name());
            button.setOnAction(_ -> {
                controller.choose(choice);
                chosen();
            });
            choices.getChildren().add(button);
        }
        chosen();
    }

    private void chosen() {
        for (Node each : choices.getChildren()) {
            if (each instanceof ToggleButton button) {
                button.setSelected(
                        button.getUserData().equals(model.dispositionProperty().get()));
            }
        }
    }

    @Override
    public void update(DockState state) {
        if (!(state instanceof DockState.WrapUp wrap)) {
            return;
        }
        Call call = wrap.call();
        who.getChildren().setAll(CallerHead.of(call, wrap.lead(), model.dial().region()));
        how.setText(CallWords.ended(call));
        Instant end = call.wrapUpUntil();
        if (end != null && !end.equals(until)) {
            Duration all = Duration.between(Ticker.shared().now(), end);
            whole = all.isPositive() ? all : Duration.ofSeconds(1);
        }
        until = end;
        reveal(bar, end != null);
        reveal(extend, end != null);
        node.setDisable(wrap.sent());
        done();
        notes.follow();
        count(Ticker.shared().now());
    }

    private void count(Instant now) {
        Instant end = until;
        if (end == null) {
            left.setText(Words.of("softphone.wrapUp.noLimit"));
        } else {
            Duration remaining = Duration.between(now, end);
            bar.setProgress(Math.clamp((double) remaining.toMillis() / whole.toMillis(), 0, 1));
            left.setText(Words.of("softphone.wrapUp.left", Math.max(0, (remaining.toMillis() + 999) / 1000)));
        }
    }

    private void done() {
        AgentView agent = phone.agent().get();
        AgentState next = agent == null ? null : agent.next();
        String name = CallWords.state(next == null ? AgentState.AVAILABLE : next);
        boolean sent = phone.state().get() instanceof DockState.WrapUp wrap && wrap.sent();
        done.setText(sent ? Words.of("softphone.wrapUp.sent") : Words.of("softphone.wrapUp.done", name));
    }

    @Override
    public Node node() {
        return node;
    }

    /// Not the notes: there a digit would be text.
    @Override
    public Node first() {
        return choices.getChildren().isEmpty() ? done : choices.getChildren().getFirst();
    }

    @Override
    public void close() {
        beat.unsubscribe();
        missing.visibleProperty().unbind();
        missing.managedProperty().unbind();
        phone.dispositions().removeListener(choicesChanged);
        phone.agent().removeListener(agentChanged);
        model.dispositionProperty().removeListener(chosen);
        notes.close();
    }
}
