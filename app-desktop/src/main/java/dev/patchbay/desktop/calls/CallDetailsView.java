package dev.patchbay.desktop.calls;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.iconButton;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import dev.patchbay.desktop.controls.Avatar;
import dev.patchbay.desktop.controls.FourFaces;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.controls.Pill;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.Lead;
import dev.patchbay.model.Participant;
import dev.patchbay.model.TimelineEntry;
import java.time.Duration;
import javafx.beans.InvalidationListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The opened call: who, how long, what happened in one ordered timeline, notes, disposition, lead, rating.
final class CallDetailsView extends VBox {
    private static final double WIDTH = 340;

    private final CallsController controller;
    private final CallsModel model;
    private final String region;
    private final HBox head = new HBox(12);
    private final HBox ways = new HBox(8);
    private final VBox facts = new VBox(8);
    private final VBox people = new VBox(6);
    private final ObservableList<TimelineEntry> entries = FXCollections.observableArrayList();
    private final TimelineList timeline = new TimelineList(entries);
    private final Label notes = label("", "notes-text");
    private final FourFaces faces;
    private final InvalidationListener changed = _ -> show();
    private final Button callBack;
    private final Button lead = new Button();

    CallDetailsView(CallsController controller, String region) {
        super(12);
        this.controller = controller;
        this.model = controller.model();
        this.region = region;
        getStyleClass().addAll("side", "card");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        callBack = button(Words.bind("calls.callBack"), this::callBack);
        lead.setOnAction(_ -> lead());
        for (Button each : new Button[] {callBack, lead}) {
            each.setMinWidth(Button.USE_PREF_SIZE);
        }
        head.setAlignment(Pos.CENTER_LEFT);
        ways.getChildren().addAll(callBack, lead);
        notes.setWrapText(true);
        VBox all = new VBox(
                14,
                facts,
                section("calls.details.timeline"),
                timeline.node(),
                section("calls.details.participants"),
                people,
                section("calls.details.notes"),
                notes);
        ScrollPane scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        faces = new FourFaces(scroll);
        VBox.setVgrow(faces, Priority.ALWAYS);
        getChildren().addAll(head, ways, faces);
        reveal(this, false);
    }

    private static Label section(String key) {
        return label(Words.bind(key), "section");
    }

    void onShow() {
        model.selectedProperty().addListener(changed);
        model.detailsProperty().addListener(changed);
        model.detailsFaceProperty().addListener(changed);
        Words.language().addListener(changed);
        show();
    }

    void onHide() {
        model.selectedProperty().removeListener(changed);
        model.detailsProperty().removeListener(changed);
        model.detailsFaceProperty().removeListener(changed);
        Words.language().removeListener(changed);
    }

    /// @param whole all the room there is, without a list beside it
    void wide(boolean whole) {
        setMaxWidth(whole ? Double.MAX_VALUE : WIDTH);
        HBox.setHgrow(this, whole ? Priority.ALWAYS : Priority.NEVER);
    }

    void focus() {
        (callBack.isVisible() ? callBack : lead).requestFocus();
    }

    private void callBack() {
        Call call = model.selectedProperty().get();
        if (call != null) {
            controller.callBack(call);
        }
    }

    private void lead() {
        CallDetails details = model.detailsProperty().get();
        if (details != null) {
            controller.lead(details);
        }
    }

    private void show() {
        Call call = model.selectedProperty().get();
        reveal(this, call != null);
        if (call == null) {
            return;
        }
        Avatar face = new Avatar(40);
        String name = CallWords.name(call);
        face.name().set(name);
        Label title = label(name, "caller-name");
        title.setMinWidth(0);
        String phone = call.caller().phone();
        Label below = label(
                (phone == null ? Words.of("calls.phone.none") : CallWords.phone(phone, region)) + " · "
                        + CallWords.when(call.createdAt()),
                "small",
                "soft");
        below.setMinWidth(0);
        VBox who = new VBox(2, title, below);
        who.setMinWidth(0);
        HBox.setHgrow(who, Priority.ALWAYS);
        head.getChildren()
                .setAll(
                        face,
                        who,
                        iconButton(Feather.X, Words.bind("calls.details.close"), () -> controller.select(null)));
        reveal(callBack, phone != null);
        CallDetails details = model.detailsProperty().get();
        reveal(lead, details != null);
        switch (model.detailsFaceProperty().get()) {
            case LOADING -> faces.loading();
            case FAILED ->
                faces.error(
                        Words.bind("calls.error.title"),
                        Words.bind("calls.error.text"),
                        new FourFaces.WayOn(Words.bind("calls.error.again"), controller::reopen));
            case FULL -> {
                if (details != null) {
                    fill(details);
                    faces.full();
                }
            }
        }
    }

    private void fill(CallDetails details) {
        Call call = details.call();
        Lead known = details.lead();
        lead.setText(known == null ? Words.of("calls.lead.create") : Words.of("calls.lead.open"));
        facts.getChildren().clear();
        Pill status = new Pill(CallWords.status(call.status()), CallsView.tone(call.status()));
        fact("calls.column.status", status);
        fact("calls.details.ended", call.endReason() == null ? null : CallWords.ended(call));
        fact("calls.column.queue", call.queueName());
        fact("calls.column.topic", call.topic());
        fact("calls.column.agent", call.agentName());
        Duration talked = CallWords.talked(call);
        fact("calls.column.length", talked == null ? null : CallWords.lasted(talked));
        fact("calls.column.rang", CallsController.missed(call) ? CallWords.lasted(CallWords.rang(call)) : null);
        fact("calls.details.disposition", call.disposition());
        fact("calls.details.lead", known == null ? null : known.name());
        Integer stars = call.rating();
        if (stars != null) {
            Label rating = label("★".repeat(stars) + "☆".repeat(Math.max(0, 5 - stars)), "rating");
            rating.setAccessibleText(Words.of("calls.rating", stars));
            fact("calls.details.rating", rating);
        }
        entries.setAll(details.timeline().stream().filter(CallWords::tells).toList());
        people.getChildren()
                .setAll(details.call().participants().stream().map(this::person).toList());
        String written = call.notes();
        notes.setText(written == null || written.isBlank() ? Words.of("calls.details.notes.none") : written);
    }

    private Node person(Participant person) {
        Label name = label(CallWords.plain(person.name()), "strong");
        name.setMinWidth(0);
        String left = person.leftReason();
        String how = left == null
                ? Words.of("calls.participant." + person.status().wire())
                : Words.has("calls.left." + left) ? Words.of("calls.left." + left) : CallWords.plain(left);
        Label what = label(how, "small", "soft");
        what.setMinWidth(Label.USE_PREF_SIZE);
        HBox line = new HBox(8, name, Nodes.gap(), what);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void fact(String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            Label text = label(CallWords.plain(value));
            text.setWrapText(true);
            text.setMinWidth(0);
            fact(key, text);
        }
    }

    private void fact(String key, Node value) {
        Label name = label(Words.of(key), "soft");
        name.setMinWidth(110);
        HBox line = new HBox(8, name, value);
        line.setAlignment(Pos.TOP_LEFT);
        HBox.setHgrow(value, Priority.ALWAYS);
        facts.getChildren().add(line);
    }
}
