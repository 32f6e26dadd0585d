package dev.patchbay.desktop.softphone.view;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.icon;
import static dev.patchbay.desktop.controls.Nodes.label;

import dev.patchbay.desktop.calls.CallWords;
import dev.patchbay.desktop.controls.ClockLabel;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.controls.Ticker;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.Lead;
import dev.patchbay.model.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A call rings, or several: the first at large, the others below.
final class RingingCard implements DockView.Card {
    private final DockController controller;
    private final VBox node = new VBox(14);
    private final Label heading = label("", "heading");
    private final HBox who = new HBox(10);
    private final VBox facts = new VBox(6);
    private final ClockLabel waiting = ClockLabel.since();
    private final ProgressBar left = new ProgressBar(1);
    private final Label leftText = label("", "small", "soft");
    private final Button answer;
    private final Button decline;
    private final VBox others = new VBox(8);
    private final Subscription beat;
    private @Nullable Offer first;
    private Duration whole = Duration.ofSeconds(20);

    RingingCard(DockController controller) {
        this.controller = controller;
        answer = button(Words.bind("softphone.answer"), this::answer, "good", "tall");
        answer.setGraphic(icon(Feather.PHONE));
        decline = button(Words.bind("softphone.decline"), this::decline, "tall");
        HBox buttons = new HBox(8, answer, decline);
        for (Button each : List.of(answer, decline)) {
            each.setMaxWidth(Double.MAX_VALUE);
            each.setMinWidth(Button.USE_PREF_SIZE);
        }
        HBox.setHgrow(answer, Priority.ALWAYS);
        left.setMaxWidth(Double.MAX_VALUE);
        left.accessibleTextProperty().bind(Words.bind("softphone.ringing.left.name"));
        HBox title = new HBox(8, icon(Feather.PHONE_INCOMING, "ringing-icon"), heading);
        title.setAlignment(Pos.CENTER_LEFT);
        who.setAlignment(Pos.CENTER_LEFT);
        node.getStyleClass().addAll("dock-card", "ringing");
        node.getChildren().addAll(title, who, facts, new VBox(4, left, leftText), buttons, others);
        beat = Ticker.shared().subscribe(this::count);
    }

    @Override
    public void update(DockState state) {
        if (!(state instanceof DockState.Ringing ringing) || ringing.offers().isEmpty()) {
            return;
        }
        CallId answering = ringing.answering();
        Offer offer = answering == null
                ? ringing.offers().getFirst()
                : ringing.offer(answering).orElse(ringing.offers().getFirst());
        Offer before = first;
        if (before == null || !before.call().id().equals(offer.call().id())) {
            Duration now = Duration.between(Ticker.shared().now(), offer.ringUntil());
            whole = now.isPositive() ? now : Duration.ofSeconds(1);
        }
        first = offer;
        Call call = offer.call();
        heading.setText(answering == null ? Words.of("softphone.ringing") : Words.of("softphone.ringing.answering"));
        who.getChildren()
                .setAll(CallerHead.of(
                        call, offer.lead(), controller.model().dial().region()));
        facts.getChildren().clear();
        fact(Feather.USERS, Words.of("softphone.ringing.queue"), call.queueName());
        if (!Objects.equals(call.topic(), call.queueName())) {
            fact(Feather.MESSAGE_SQUARE, Words.of("softphone.ringing.topic"), call.topic());
        }
        Lead lead = offer.lead();
        fact(
                Feather.USER_CHECK,
                Words.of("softphone.ringing.match"),
                lead == null
                        ? Words.of("softphone.ringing.unknown")
                        : Words.of("softphone.ringing.lead", CallWords.stage(lead.stage())));
        waiting.from().set(call.createdAt());
        facts.getChildren().add(line(Feather.CLOCK, Words.of("softphone.ringing.waiting"), waiting));
        answer.setDisable(answering != null);
        decline.setDisable(answering != null);
        others.getChildren().clear();
        for (Offer other : ringing.offers()) {
            if (!other.call().id().equals(call.id())) {
                others.getChildren().add(other(other, answering != null));
            }
        }
        count(Ticker.shared().now());
    }

    private void fact(Feather icon, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            Label text = label(value, "fact-value");
            text.setWrapText(true);
            text.setTextAlignment(javafx.scene.text.TextAlignment.RIGHT);
            facts.getChildren().add(line(icon, name, text));
        }
    }

    private static HBox line(Feather icon, String name, Label value) {
        Label called = label(name, "soft");
        called.setMinWidth(Label.USE_PREF_SIZE);
        HBox line = new HBox(8, icon(icon, "soft-icon"), called, Nodes.gap(), value);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private Node other(Offer offer, boolean answering) {
        Label name = label(CallWords.name(offer.call()), "strong");
        name.setMinWidth(0);
        Label queue = label(offer.call().queueName() == null ? "" : offer.call().queueName(), "small", "soft");
        queue.setMinWidth(0);
        Button take = button(
                Words.bind("softphone.answer.other"),
                () -> controller.answer(offer.call().id()),
                "compact");
        take.setMinWidth(Button.USE_PREF_SIZE);
        take.setAccessibleText(Words.of("softphone.answer.named", CallWords.name(offer.call())));
        take.setDisable(answering);
        HBox row = new HBox(8, new VBox(name, queue), Nodes.gap(), take);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("card");
        return row;
    }

    private void count(Instant now) {
        Offer offer = first;
        if (offer == null) {
            return;
        }
        Duration remaining = Duration.between(now, offer.ringUntil());
        double share = Math.clamp((double) remaining.toMillis() / whole.toMillis(), 0, 1);
        left.setProgress(share);
        leftText.setText(Words.of("softphone.ringing.left", Math.max(0, (remaining.toMillis() + 999) / 1000)));
    }

    private void answer() {
        Offer offer = first;
        if (offer != null) {
            controller.answer(offer.call().id());
        }
    }

    private void decline() {
        Offer offer = first;
        if (offer != null) {
            controller.decline(offer.call().id());
        }
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Node first() {
        return answer;
    }

    @Override
    public void close() {
        beat.unsubscribe();
    }
}
