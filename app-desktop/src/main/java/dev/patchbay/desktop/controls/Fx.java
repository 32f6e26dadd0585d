package dev.patchbay.desktop.controls;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place through which work leaves the JavaFX thread and results come back to it.
public final class Fx {
    private static final Logger LOG = LoggerFactory.getLogger(Fx.class);

    private Fx() {}

    /// Runs on the JavaFX thread: at once when already there, else in its next turn.
    public static void run(Runnable work) {
        if (Platform.isFxApplicationThread()) {
            work.run();
        } else {
            Platform.runLater(work);
        }
    }

    /// Works on a virtual thread and hands the result, or what went wrong, back on the JavaFX thread.
    public static <T> void background(Callable<T> work, Consumer<? super T> done, Consumer<? super Exception> failed) {
        Thread.ofVirtual().name("work").start(() -> {
            try {
                T result = work.call();
                run(() -> done.accept(result));
            } catch (Exception e) { // the outermost frame of this thread: the caller decides what it means
                run(() -> failed.accept(e));
            }
        });
    }

    /// Works on a virtual thread; a failure has nobody to be told and is logged.
    public static void background(Runnable work) {
        Thread.ofVirtual().name("work").start(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("Work in the background stopped; what it was to do is not done", e);
            }
        });
    }

    /// @throws IllegalStateException off the JavaFX thread
    public static void check() {
        if (!Platform.isFxApplicationThread()) {
            throw new IllegalStateException("only on the JavaFX thread");
        }
    }
}
