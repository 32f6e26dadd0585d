package dev.patchbay.desktop.shell;

import dev.patchbay.desktop.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// Draws every registered scene in every wanted look into PNG files. Each feature registers its scenes with demo data:
/// full, empty, loading, error, long names. On the JavaFX thread; works on the headless platform.
public final class Screenshots {
    public static final int WIDTH = 1440;
    public static final int HEIGHT = 900;

    private final List<Shot> shots = new ArrayList<>();
    private final Look look;

    /// @param content built anew for each picture, after the language is set
    private record Shot(String name, Supplier<? extends Parent> content) {}

    /// One way to draw everything.
    ///
    /// @param suffix of the file, such as `-dark`
    public record Way(String suffix, Look.Choice theme, Locale language, double scale) {}

    /// What a reader wants to see first.
    public static final List<Way> USUAL = List.of(
            new Way("-light", Look.Choice.LIGHT, Locale.ENGLISH, 1),
            new Way("-dark", Look.Choice.DARK, Locale.ENGLISH, 1));

    /// Light, dark, high contrast, German, twice the size.
    public static final List<Way> ALL = List.of(
            new Way("-light", Look.Choice.LIGHT, Locale.ENGLISH, 1),
            new Way("-dark", Look.Choice.DARK, Locale.ENGLISH, 1),
            new Way("-contrast", Look.Choice.CONTRAST, Locale.ENGLISH, 1),
            new Way("-de", Look.Choice.LIGHT, Locale.GERMAN, 1),
            new Way("-200", Look.Choice.LIGHT, Locale.ENGLISH, 2));

    public Screenshots(Look look) {
        this.look = look;
    }

    /// The look that the scenes are drawn in.
    public Look look() {
        return look;
    }

    /// Registers a scene.
    ///
    /// @param name of the file, such as `leads-empty`
    public Screenshots add(String name, Supplier<? extends Parent> content) {
        shots.add(new Shot(name, content));
        return this;
    }

    /// Draws all scenes.
    ///
    /// @return the files, in order
    public List<Path> draw(Path folder, List<Way> ways) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        Locale before = Words.language().get();
        for (Way way : ways) {
            look.choice().set(way.theme());
            look.scale().set(way.scale());
            Words.speak(way.language());
            for (Shot shot : shots) {
                Path file = folder.resolve(shot.name() + way.suffix() + ".png");
                Files.write(file, Png.of(picture(shot.content().get())));
                files.add(file);
            }
        }
        Words.speak(before);
        look.scale().set(1);
        return files;
    }

    /// Starts the toolkit, draws what the features register, and stops it. For a process of its own.
    ///
    /// @param only scenes whose names begin so
    /// @throws IOException when a file cannot be written
    public static List<Path> take(Path folder, List<Way> ways, String only, List<Consumer<Screenshots>> features)
            throws IOException, InterruptedException {
        FutureTask<List<Path>> task = new FutureTask<>(() -> {
            Screenshots all = new Screenshots(new Look());
            features.forEach(feature -> feature.accept(all));
            all.shots.removeIf(shot -> !shot.name().startsWith(only));
            return all.draw(folder, ways);
        });
        Platform.startup(() -> {
            Platform.setImplicitExit(false);
            task.run();
        });
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? io
                    : new IOException("a scene cannot be drawn", e.getCause());
        } finally {
            Platform.exit();
        }
    }

    private WritableImage picture(Parent content) {
        Zoom zoom = new Zoom(content);
        zoom.factor().set(look.scale().get());
        Scene scene = new Scene(new StackPane(zoom), WIDTH, HEIGHT);
        look.dress(scene);
        Stage stage = new Stage();
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
        try {
            // Virtual flows need a second round before their cells stand where they belong.
            for (int round = 0; round < 3; round++) {
                scene.getRoot().applyCss();
                scene.getRoot().layout();
            }
            return scene.snapshot(null);
        } finally {
            stage.hide();
            // Without its window the look forgets the scene; otherwise each change of look dresses all of them again.
            stage.setScene(null);
        }
    }
}
