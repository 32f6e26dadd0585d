package dev.patchbay.desktop.start;

import dev.patchbay.desktop.words.Words;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// What stands in the window from the first moment on, while the sign-in of last time is taken up.
public final class ArrivingView extends StackPane {
    private static final double WHEEL = 28;

    /// @param email who signs in
    public ArrivingView(String email) {
        getStyleClass().addAll("start", "start-page");
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setMaxSize(WHEEL, WHEEL);
        Label what = new Label();
        what.textProperty().bind(Words.bind("session.arriving", email));
        what.getStyleClass().add("field-hint");
        VBox middle = new VBox(24, Brand.node(), wheel, what);
        middle.setAlignment(Pos.CENTER);
        getChildren().add(middle);
    }
}
