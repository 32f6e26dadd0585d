package dev.patchbay.desktop.shell;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// A sheet over the window that Escape or a click beside it takes away, and that gives the focus back to where it was.
/// Not modal: shortcuts go on working, so that a call can be answered while it shows.
final class Overlay extends StackPane {
    private final Node sheet;
    private @Nullable Node before;
    private int anchor;
    private int caret;

    Overlay(Region sheet, double top) {
        this.sheet = sheet;
        getStyleClass().add("overlay");
        sheet.getStyleClass().add("over-sheet");
        sheet.setMaxHeight(USE_PREF_SIZE);
        getChildren().add(sheet);
        setAlignment(sheet, Pos.TOP_CENTER);
        setMargin(sheet, new Insets(top, 16, 16, 16));
        setVisible(false);
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                hide();
                event.consume();
            }
        });
        setOnMouseClicked(event -> {
            if (event.getTarget() == this) {
                hide();
            }
        });
    }

    void show(Node focus) {
        if (!isVisible()) {
            before = getScene() == null ? null : getScene().getFocusOwner();
            if (before instanceof TextInputControl text) {
                // A field forgets its caret when it loses the focus.
                anchor = text.getAnchor();
                caret = text.getCaretPosition();
            }
        }
        setVisible(true);
        focus.requestFocus();
    }

    void hide() {
        setVisible(false);
        if (before instanceof TextInputControl text) {
            // A field selects all it has when it gets the focus: the next letter would replace what was typed.
            text.requestFocus();
            text.selectRange(anchor, caret);
        } else if (before != null) {
            before.requestFocus();
        }
        before = null;
    }

    Node sheet() {
        return sheet;
    }
}
