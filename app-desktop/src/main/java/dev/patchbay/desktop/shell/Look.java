package dev.patchbay.desktop.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.patchbay.desktop.words.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// The look in force, for every window of the console: a theme over the AtlantaFX base, the fonts, the size of things.
/// Switches live. On the JavaFX thread.
public final class Look {
    private static final List<String> FONTS = List.of("Regular", "Medium", "SemiBold", "Bold");

    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.SYSTEM);
    private final ReadOnlyObjectWrapper<Theme> theme = new ReadOnlyObjectWrapper<>(Theme.LIGHT);
    private final DoubleProperty scale = new SimpleDoubleProperty(1);
    private final List<Scene> scenes = new ArrayList<>();

    /// What the user asked for.
    public enum Choice {
        SYSTEM,
        LIGHT,
        DARK,
        CONTRAST
    }

    /// What is drawn.
    public enum Theme {
        LIGHT("light"),
        DARK("dark"),
        CONTRAST("contrast");

        private final String file;

        Theme(String file) {
            this.file = file;
        }

        /// The name of its colour file.
        public String file() {
            return file;
        }
    }

    /// Loads the fonts and follows the system until told otherwise.
    public Look() {
        FONTS.forEach(Look::load);
        choice.addListener((_, _, _) -> decide());
        Platform.getPreferences().colorSchemeProperty().addListener((_, _, _) -> decide());
        theme.addListener((_, _, _) -> dress());
        scale.addListener((_, _, _) -> dress());
        Words.language()
                .addListener((_, _, _) -> scenes.forEach(scene -> scene.setNodeOrientation(Words.orientation())));
        decide();
        dress();
    }

    public ObjectProperty<Choice> choice() {
        return choice;
    }

    public ReadOnlyObjectProperty<Theme> theme() {
        return theme.getReadOnlyProperty();
    }

    /// 1 is the usual size; 2 twice that. Content is scaled by [Zoom], menus and tooltips by their text.
    public DoubleProperty scale() {
        return scale;
    }

    /// Dresses a scene now and at every change, and lays it out in the direction of the language.
    public void dress(Scene scene) {
        scenes.add(scene);
        scene.setNodeOrientation(Words.orientation());
        put(scene);
        scene.windowProperty().addListener((_, _, window) -> {
            if (window == null) {
                scenes.remove(scene);
            }
        });
    }

    private void decide() {
        theme.set(
                switch (choice.get()) {
                    case LIGHT -> Theme.LIGHT;
                    case DARK -> Theme.DARK;
                    case CONTRAST -> Theme.CONTRAST;
                    case SYSTEM ->
                        Platform.getPreferences().getColorScheme() == ColorScheme.DARK ? Theme.DARK : Theme.LIGHT;
                });
    }

    private void dress() {
        Application.setUserAgentStylesheet(
                theme.get() == Theme.LIGHT
                        ? new PrimerLight().getUserAgentStylesheet()
                        : new PrimerDark().getUserAgentStylesheet());
        scenes.forEach(this::put);
    }

    private void put(Scene scene) {
        String popups = String.format(
                java.util.Locale.ROOT, ".context-menu, .tooltip { -fx-font-size: %.1fpx; }", 13 * scale.get());
        scene.getStylesheets()
                .setAll(
                        sheet(theme.get().file()),
                        sheet("patchbay"),
                        sheet("screens"),
                        "data:text/css;charset=utf-8;base64,"
                                + java.util.Base64.getEncoder()
                                        .encodeToString(popups.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static String sheet(String name) {
        URL sheet = Look.class.getResource("/dev/patchbay/desktop/look/" + name + ".css");
        return Objects.requireNonNull(sheet, name).toExternalForm();
    }

    private static void load(String weight) {
        String name = "/dev/patchbay/desktop/fonts/Inter-" + weight + ".ttf";
        try (InputStream file = Objects.requireNonNull(Look.class.getResourceAsStream(name), name)) {
            Font.loadFont(file, 13);
        } catch (IOException e) {
            throw new UncheckedIOException("the font " + name + " cannot be read", e);
        }
    }
}
