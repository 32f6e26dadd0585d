package dev.patchbay.desktop.admin;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// The system's own dialogue.
public final class ChosenFiles implements Files {
    private final Window window;

    /// @param window the dialogue belongs to
    public ChosenFiles(Window window) {
        this.window = window;
    }

    @Override
    public Optional<Path> open(String kind, String pattern) {
        return path(chooser(kind, pattern).showOpenDialog(window));
    }

    @Override
    public Optional<Path> save(String kind, String pattern, String name) {
        FileChooser chooser = chooser(kind, pattern);
        chooser.setInitialFileName(name);
        return path(chooser.showSaveDialog(window));
    }

    private static FileChooser chooser(String kind, String pattern) {
        FileChooser chooser = new FileChooser();
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind, pattern));
        return chooser;
    }

    private static Optional<Path> path(@org.jspecify.annotations.Nullable File file) {
        return Optional.ofNullable(file).map(File::toPath);
    }
}
