package dev.patchbay.desktop.start;

import dev.patchbay.desktop.controls.Banner;
import dev.patchbay.desktop.controls.Fx;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.words.Words;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One page of the first steps: a title, what it asks, an error above the buttons, progress while it works. What was
/// typed stays whatever happens.
class Step extends VBox {
    private static final Logger LOG = LoggerFactory.getLogger(Step.class);

    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final StringProperty progress = new SimpleStringProperty("");
    private final StringProperty problem = new SimpleStringProperty("");
    private final HBox buttons = new HBox(10);

    Step(ObservableValue<String> title, ObservableValue<String> intro) {
        super(16);
        getStyleClass().addAll("card", "step");
        Label head = new Label();
        head.getStyleClass().add("title");
        head.textProperty().bind(title);
        Label text = new Label();
        text.getStyleClass().add("soft");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.textProperty().bind(intro);
        VBox top = new VBox(6, head, text);
        Banner error = new Banner(Tone.BAD, new SimpleStringProperty(""), problem);
        error.setId("problem");
        error.visibleProperty().bind(problem.isNotEmpty());
        error.managedProperty().bind(error.visibleProperty());
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setPrefSize(18, 18);
        wheel.setMinSize(18, 18);
        wheel.accessibleTextProperty().bind(progress);
        Label doing = new Label();
        doing.getStyleClass().add("soft");
        doing.textProperty().bind(progress);
        HBox working = new HBox(10, wheel, doing);
        working.setAlignment(Pos.CENTER_LEFT);
        working.visibleProperty().bind(busy);
        working.managedProperty().bind(busy);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(top, error, working, buttons);
    }

    /// Puts content between the intro and the error.
    final void content(Node... nodes) {
        for (Node node : nodes) {
            node.disableProperty().bind(busy);
            getChildren().add(getChildren().size() - 3, node);
        }
    }

    final Button button(ObservableValue<String> words, boolean main, Runnable run) {
        Button button = new Button();
        button.textProperty().bind(words);
        button.disableProperty().bind(busy);
        button.setDefaultButton(main);
        if (main) {
            button.getStyleClass().add("primary");
        }
        button.setOnAction(_ -> run.run());
        buttons.getChildren().add(button);
        return button;
    }

    final BooleanProperty busy() {
        return busy;
    }

    final void problem(String sentence) {
        problem.set(sentence);
    }

    final void progress(String sentence) {
        Fx.run(() -> progress.set(sentence));
    }

    /// Works in the background; the page is locked meanwhile and told the outcome.
    final <T> void work(
            String sentence,
            Callable<StartActions.Outcome<T>> work,
            Consumer<T> ready,
            Consumer<Map<String, String>> fields) {
        problem.set("");
        progress.set(sentence);
        busy.set(true);
        Fx.background(
                work,
                outcome -> {
                    busy.set(false);
                    switch (outcome) {
                        case StartActions.Outcome.Ready<T> done -> ready.accept(done.value());
                        case StartActions.Outcome.Refused<T> refused -> {
                            problem.set(refused.sentence());
                            fields.accept(refused.fields());
                        }
                    }
                },
                failure -> {
                    LOG.error("A first step stopped; the user is asked to try again", failure);
                    busy.set(false);
                    problem.set(Words.of("start.failed"));
                });
    }
}
