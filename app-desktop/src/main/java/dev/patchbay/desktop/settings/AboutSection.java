package dev.patchbay.desktop.settings;

import dev.patchbay.desktop.controls.Card;
import dev.patchbay.desktop.words.Words;
import javafx.scene.control.Label;

/// Which version this is, what it runs on, and whose work it stands on.
final class AboutSection extends Section {
    AboutSection() {
        String version = AboutSection.class.getPackage().getImplementationVersion();
        Label name = new Label();
        name.getStyleClass().add("heading");
        name.textProperty().bind(Words.bind("settings.about.version", version == null ? "0.1.0" : version));
        Label runs = new Label();
        runs.getStyleClass().add("soft");
        runs.textProperty()
                .bind(Words.bind(
                        "settings.about.runs",
                        Runtime.version().toString(),
                        System.getProperty("javafx.runtime.version", ""),
                        System.getProperty("os.name") + " " + System.getProperty("os.version")));
        Label font = new Label();
        font.getStyleClass().addAll("soft", "small");
        font.setWrapText(true);
        font.textProperty().bind(Words.bind("settings.about.thanks"));
        getChildren().add(new Card(name, runs, font));
    }
}
