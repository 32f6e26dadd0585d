package dev.patchbay.desktop.softphone.view;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.iconButton;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import dev.patchbay.desktop.calls.CallWords;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.Call;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// No call: the dial pad and the last calls.
final class IdleCard implements DockView.Card {
    private final DockController controller;
    private final DialModel dial;
    private final VBox node = new VBox(12);
    private final HBox away = new HBox(10);
    private final Label awayText = label("", "strong");
    private final TextField number = new TextField();
    private final Label reading = label("", "small", "soft");
    private final VBox recent = new VBox(2);
    private final ChangeListener<Object> read = (_, _, _) -> read();
    private final ChangeListener<@Nullable AgentView> agentChanged = (_, _, now) -> away(now);
    private final ListChangeListener<Call> recalled = _ -> recent();

    IdleCard(DockController controller) {
        this.controller = controller;
        this.dial = controller.model().dial();
        node.getStyleClass().add("dock-card");
        number.textProperty().bindBidirectional(dial.typedProperty());
        number.promptTextProperty().bind(Words.bind("softphone.dial.prompt"));
        number.accessibleTextProperty().bind(Words.bind("softphone.dial.number"));
        number.getStyleClass().add("dial-number");
        number.addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                number.clear();
            }
        });
        reading.setWrapText(true);
        reading.setMinHeight(36);
        reading.setAlignment(Pos.TOP_LEFT);
        HBox field = new HBox(8, number, iconButton(Feather.DELETE, Words.bind("softphone.dial.back"), this::back));
        field.setAlignment(Pos.CENTER);
        HBox.setHgrow(number, Priority.ALWAYS);
        awayText.setWrapText(true);
        Button back = button(Words.bind("softphone.away.back"), controller::available, "compact");
        back.setMinWidth(Button.USE_PREF_SIZE);
        HBox.setHgrow(awayText, Priority.ALWAYS);
        away.getStyleClass().add("banner");
        away.setAlignment(Pos.CENTER_LEFT);
        away.getChildren().addAll(awayText, back);
        node.getChildren()
                .addAll(
                        away,
                        label(Words.bind("softphone.dial.title"), "section"),
                        field,
                        reading,
                        new DialPad(this::type).node(),
                        label(Words.bind("softphone.recent"), "section"),
                        recent);
        dial.readingProperty().addListener(read);
        dial.carrierProperty().addListener(read);
        controller.model().recent().addListener(recalled);
        controller.model().phone().agent().addListener(agentChanged);
    }

    /// Who gets no calls is told so, with the way back: a call that rang out leaves an agent out of the round unasked.
    private void away(@Nullable AgentView agent) {
        AgentState state = agent == null ? AgentState.AVAILABLE : agent.state();
        boolean told =
                switch (state) {
                    case MISSED, BREAK, OFFLINE -> true;
                    case AVAILABLE, RINGING, ON_CALL, WRAP_UP, UNREACHABLE -> false;
                };
        reveal(away, told);
        if (told) {
            awayText.setText(Words.of("softphone.away." + state.wire()));
            away.getStyleClass().removeAll("tone-warn", "tone-neutral");
            away.getStyleClass().add(state == AgentState.MISSED ? "tone-warn" : "tone-neutral");
        }
    }

    private void type(String key) {
        number.appendText(key);
        number.requestFocus();
        number.end();
    }

    private void back() {
        int length = number.getLength();
        if (length > 0) {
            number.deleteText(length - 1, length);
        }
        number.requestFocus();
        number.end();
    }

    private void read() {
        reading.getStyleClass().remove("text-warn");
        reading.setText(
                switch (dial.readingProperty().get()) {
                    case DialModel.Reading.Empty _ -> Words.of("softphone.dial.empty");
                    case DialModel.Reading.TooShort _ -> Words.of("softphone.dial.short");
                    case DialModel.Reading.NoNumber _ -> Words.of("softphone.dial.none");
                    case DialModel.Reading.Number found -> {
                        reading.getStyleClass().add("text-warn");
                        yield Words.of(
                                "softphone.dial.noCarrier", found.number().display(dial.region()));
                    }
                });
    }

    private void recent() {
        recent.getChildren().clear();
        for (Call call : controller.model().recent()) {
            recent.getChildren().add(row(call));
        }
        if (recent.getChildren().isEmpty()) {
            recent.getChildren().add(label(Words.of("softphone.recent.none"), "small", "soft"));
        }
    }

    private Node row(Call call) {
        Label name = label(CallWords.name(call), "strong");
        Label when = label(CallWords.when(call.createdAt()), "small", "soft");
        name.setMinWidth(0);
        when.setMinWidth(Label.USE_PREF_SIZE);
        HBox line = new HBox(8, CallWords.icon(call), name, Nodes.gap(), when);
        line.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(name, Priority.SOMETIMES);
        Button button = new Button();
        button.setGraphic(line);
        button.setMaxWidth(Double.MAX_VALUE);
        button.getStyleClass().addAll("quiet", "row-button");
        line.prefWidthProperty().bind(button.widthProperty().subtract(20));
        String phone = call.caller().phone();
        button.setAccessibleText(
                Words.of("softphone.recent.call", CallWords.name(call), CallWords.when(call.createdAt())));
        button.setOnAction(_ -> {
            if (phone == null) {
                reading.setText(Words.of("softphone.recent.noNumber", CallWords.name(call)));
            } else {
                controller.prepare(phone);
            }
            number.requestFocus();
            number.end();
        });
        return button;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void update(DockState state) {
        read();
        recent();
        away(controller.model().phone().agent().get());
    }

    @Override
    public Node first() {
        return number;
    }

    @Override
    public void close() {
        number.textProperty().unbindBidirectional(dial.typedProperty());
        dial.readingProperty().removeListener(read);
        dial.carrierProperty().removeListener(read);
        controller.model().recent().removeListener(recalled);
        controller.model().phone().agent().removeListener(agentChanged);
    }
}
