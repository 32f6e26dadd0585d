package dev.patchbay.desktop.softphone.view;

import static dev.patchbay.desktop.controls.Nodes.label;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// Twelve keys as on a telephone (ITU-T E.161), for the number field and for tones.
final class DialPad {
    private static final String[][] KEYS = {
        {"1", ""}, {"2", "ABC"}, {"3", "DEF"},
        {"4", "GHI"}, {"5", "JKL"}, {"6", "MNO"},
        {"7", "PQRS"}, {"8", "TUV"}, {"9", "WXYZ"},
        {"*", ""}, {"0", "+"}, {"#", ""}
    };
    private static final int COLUMNS = 3;

    private final GridPane grid = new GridPane(8, 8);

    DialPad(Consumer<String> pressed) {
        grid.getStyleClass().add("dial-pad");
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / COLUMNS);
            column.setFillWidth(true);
            grid.getColumnConstraints().add(column);
        }
        for (int i = 0; i < KEYS.length; i++) {
            String digit = KEYS[i][0];
            VBox face = new VBox(label(digit, "dial-digit"), label(KEYS[i][1], "dial-letters"));
            face.setAlignment(Pos.CENTER);
            Button key = new Button();
            key.setGraphic(face);
            key.setAccessibleText(digit);
            key.setMaxWidth(Double.MAX_VALUE);
            key.getStyleClass().add("dial-key");
            key.setOnAction(_ -> pressed.accept(digit));
            grid.add(key, i % COLUMNS, i / COLUMNS);
        }
    }

    Node node() {
        return grid;
    }
}
