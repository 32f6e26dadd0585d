package dev.patchbay.desktop.controls;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The four faces of every list: loading (a skeleton), empty (says what to do), error (says what happened and offers
/// the way on), full (the list itself). The full face keeps its node, so a reload loses neither scroll nor selection.
public final class FourFaces extends StackPane {
    /// Which one shows.
    public enum Face {
        LOADING,
        EMPTY,
        ERROR,
        FULL
    }

    /// A button with what it does.
    public record WayOn(ObservableValue<String> words, Runnable run) {}

    private final ReadOnlyObjectWrapper<Face> face = new ReadOnlyObjectWrapper<>(Face.LOADING);
    private final Node full;

    /// Begins with the loading face.
    public FourFaces(Node full) {
        this.full = full;
        getStyleClass().add("faces");
        VBox.setVgrow(this, Priority.ALWAYS);
        HBox.setHgrow(this, Priority.ALWAYS);
        setMinSize(0, 0);
        loading();
    }

    public ReadOnlyObjectProperty<Face> face() {
        return face.getReadOnlyProperty();
    }

    /// Grey bars where the rows will be.
    public void loading() {
        VBox rows = new VBox(12);
        rows.getStyleClass().add("skeleton");
        double[] widths = {0.62, 0.48, 0.7, 0.4, 0.55, 0.66};
        for (double part : widths) {
            Region bar = new Region();
            bar.getStyleClass().add("skeleton-bar");
            bar.maxWidthProperty().bind(rows.widthProperty().multiply(part));
            rows.getChildren().add(bar);
        }
        show(Face.LOADING, rows);
    }

    /// Nothing here, and what to do about it.
    public void empty(
            Feather icon, ObservableValue<String> title, ObservableValue<String> hint, @Nullable WayOn wayOn) {
        show(Face.EMPTY, message(icon, Tone.NEUTRAL, title, hint, wayOn));
    }

    /// What happened and, with the button, the way on.
    public void error(ObservableValue<String> title, ObservableValue<String> sentence, @Nullable WayOn wayOn) {
        show(Face.ERROR, message(Feather.ALERT_TRIANGLE, Tone.BAD, title, sentence, wayOn));
    }

    /// The list.
    public void full() {
        show(Face.FULL, full);
    }

    private void show(Face now, Node node) {
        getChildren().setAll(node);
        face.set(now);
    }

    private static Node message(
            Feather feather,
            Tone tone,
            ObservableValue<String> title,
            ObservableValue<String> hint,
            @Nullable WayOn wayOn) {
        StackPane round = new StackPane(Icon.of(feather, 22));
        round.getStyleClass().addAll("round-icon", tone.style());
        round.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        Label head = new Label();
        head.getStyleClass().add("heading");
        head.textProperty().bind(title);
        Label text = new Label();
        text.getStyleClass().add("soft");
        text.setWrapText(true);
        text.setMaxWidth(420);
        text.setAlignment(Pos.CENTER);
        text.setStyle("-fx-text-alignment: center;");
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.textProperty().bind(hint);
        VBox box = new VBox(8, round, head, text);
        if (wayOn != null) {
            Button button = new Button();
            button.textProperty().bind(wayOn.words());
            button.setOnAction(_ -> wayOn.run().run());
            VBox.setMargin(button, new javafx.geometry.Insets(8, 0, 0, 0));
            box.getChildren().add(button);
        }
        box.setAlignment(Pos.CENTER);
        box.getStyleClass().add("message");
        return box;
    }
}
