package dev.patchbay.desktop.controls;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Makes the small nodes that every screen is put together from.
public final class Nodes {
    private Nodes() {}

    public static Label label(String text, String... styles) {
        Label label = new Label(text);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /// A label that follows the language.
    public static Label label(ObservableValue<String> text, String... styles) {
        Label label = new Label();
        label.textProperty().bind(text);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /// A button that follows the language; its text is its accessible name.
    public static Button button(ObservableValue<String> text, Runnable action, String... styles) {
        Button button = new Button();
        button.textProperty().bind(text);
        button.setOnAction(_ -> action.run());
        button.getStyleClass().addAll(styles);
        button.setMnemonicParsing(false);
        return button;
    }

    /// A button with an icon alone; the name is for screen readers and the tooltip.
    public static Button iconButton(Feather icon, ObservableValue<String> name, Runnable action) {
        Button button = new Button();
        button.setGraphic(icon(icon));
        button.accessibleTextProperty().bind(name);
        javafx.scene.control.Tooltip tip = new javafx.scene.control.Tooltip();
        tip.textProperty().bind(name);
        button.setTooltip(tip);
        button.setOnAction(_ -> action.run());
        button.getStyleClass().add("icon-button");
        return button;
    }

    public static FontIcon icon(Feather icon, String... styles) {
        FontIcon made = Icon.of(icon);
        made.getStyleClass().addAll(styles);
        return made;
    }

    /// Takes the room that is left in a row.
    public static Region gap() {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        gap.setMinWidth(0);
        return gap;
    }

    /// Shows or hides; hidden, it takes no room.
    public static void reveal(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
