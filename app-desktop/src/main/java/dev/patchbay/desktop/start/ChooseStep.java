package dev.patchbay.desktop.start;

import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.words.Words;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// A server here, or one elsewhere.
final class ChooseStep extends Step {
    ChooseStep(Runnable here, Runnable elsewhere) {
        super(Words.bind("start.choose.title"), Words.bind("start.choose.intro"));
        content(
                choice("here", Feather.HARD_DRIVE, "start.choose.here", "start.choose.here.text", here),
                choice("elsewhere", Feather.GLOBE, "start.choose.elsewhere", "start.choose.elsewhere.text", elsewhere));
    }

    private static Button choice(String id, Feather feather, String name, String text, Runnable run) {
        StackPane icon = new StackPane(Icon.of(feather, 20));
        icon.getStyleClass().addAll("round-icon", "tone-accent");
        icon.setMinSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        icon.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        Label head = new Label();
        head.getStyleClass().add("heading");
        head.textProperty().bind(Words.bind(name));
        Label body = new Label();
        body.getStyleClass().add("soft");
        body.setWrapText(true);
        body.setMinWidth(310);
        body.setPrefWidth(310);
        body.setMinHeight(Region.USE_PREF_SIZE);
        body.textProperty().bind(Words.bind(text));
        HBox row = new HBox(16, icon, new VBox(4, head, body));
        row.setAlignment(Pos.CENTER_LEFT);
        Button card = new Button();
        card.setId(id);
        card.getStyleClass().add("choice-card");
        card.setGraphic(row);
        card.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        card.setAlignment(Pos.CENTER_LEFT);
        card.setMaxWidth(Double.MAX_VALUE);
        card.accessibleTextProperty().bind(head.textProperty());
        card.accessibleHelpProperty().bind(body.textProperty());
        card.setOnAction(_ -> run.run());
        return card;
    }
}
