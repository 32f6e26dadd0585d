package dev.patchbay.desktop.scenes;

import dev.patchbay.desktop.leads.LeadActions;
import dev.patchbay.desktop.leads.LeadsScreen;
import dev.patchbay.desktop.session.Await;
import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.shell.Look;
import dev.patchbay.desktop.softphone.view.DockActions;
import dev.patchbay.desktop.softphone.view.DockView;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// The demo company's leads screen and dock in a window, with the keys that the shell gives them. Keys go to whatever
/// has the focus, as a keyboard's do.
public final class OnScreen implements AutoCloseable {
    private static @Nullable Throwable noToolkit;
    private static boolean started;

    private final DemoWorld world;
    private final LeadsScreen leads;
    private final DockView dock;
    private final Stage stage;
    private final Scene scene;
    private final Actions actions = new Actions();

    private OnScreen(DemoWorld world) {
        this.world = world;
        leads = world.leadsScreen();
        dock = world.dockView();
        dock.setPrefWidth(320);
        BorderPane both = new BorderPane(leads.view());
        both.setRight(dock);
        scene = new Scene(new StackPane(both, world.toasts()), 1440, 900);
        new Look().dress(scene);
        actions.may(Set.of(dev.patchbay.model.Permission.values()));
        DockActions.register(actions, world.dock(), dock);
        LeadActions.register(actions, world.leads(), () -> {});
        actions.listen(scene);
        stage = new Stage();
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        leads.onShow();
        stage.show();
    }

    /// Opens the window with the people of the pictures; skips the test where no toolkit can start.
    public static OnScreen open() {
        toolkit();
        OnScreen opened = on(() -> {
            DemoWorld world = new DemoWorld(
                    InstantSource.system(),
                    System::nanoTime,
                    Executors.newVirtualThreadPerTaskExecutor(),
                    Platform::runLater);
            ScreenScenes.people(world);
            return new OnScreen(world);
        });
        opened.settle();
        return opened;
    }

    public static synchronized void toolkit() {
        if (!started) {
            started = true;
            try {
                Platform.startup(() -> Platform.setImplicitExit(false));
            } catch (IllegalStateException running) {
                noToolkit = null;
            } catch (RuntimeException | LinkageError e) {
                noToolkit = e;
            }
        }
        Assumptions.assumeTrue(
                noToolkit == null, "JavaFX cannot start here: install libfreetype6, fontconfig and libpango-1.0-0");
    }

    /// Does the work on the JavaFX thread and waits for it.
    public static <T> T on(Supplier<T> work) {
        if (Platform.isFxApplicationThread()) {
            return work.get();
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                done.complete(work.get());
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        return done.orTimeout(30, TimeUnit.SECONDS).join();
    }

    public static void run(Runnable work) {
        on(() -> {
            work.run();
            return true;
        });
    }

    /// Waits until it holds on the JavaFX thread.
    public static void until(String what, BooleanSupplier holds) {
        Await.until(what, () -> on(holds::getAsBoolean));
    }

    /// Lets what is queued on the JavaFX thread happen, and lays out.
    public void settle() {
        for (int round = 0; round < 3; round++) {
            run(() -> {
                scene.getRoot().applyCss();
                scene.getRoot().layout();
            });
        }
    }

    public DemoWorld world() {
        return world;
    }

    public LeadsScreen leads() {
        return leads;
    }

    public DockView dock() {
        return dock;
    }

    public Scene scene() {
        return scene;
    }

    /// Presses a key on what has the focus.
    public void press(KeyCode code, boolean shift, boolean shortcut) {
        run(() -> {
            Node focus = scene.getFocusOwner();
            javafx.event.EventTarget target = focus == null ? scene : focus;
            for (var type : java.util.List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
                javafx.event.Event.fireEvent(
                        target, new KeyEvent(type, "", code.getChar(), code, shift, shortcut, false, false));
            }
        });
        settle();
    }

    public void press(KeyCode code) {
        press(code, false, false);
    }

    /// Types on what has the focus.
    public void type(String text) {
        for (String each : text.split("")) {
            run(() -> {
                Node focus = scene.getFocusOwner();
                javafx.event.Event.fireEvent(
                        focus == null ? scene : focus,
                        new KeyEvent(KeyEvent.KEY_TYPED, each, each, KeyCode.UNDEFINED, false, false, false, false));
            });
        }
        settle();
    }

    /// Whether a text is to be read somewhere in the window.
    public boolean reads(String text) {
        return on(() -> scene.getRoot().lookupAll(".label").stream()
                .filter(node -> node instanceof javafx.scene.control.Label)
                .map(node -> ((javafx.scene.control.Label) node).getText())
                .anyMatch(said -> said != null && said.contains(text)));
    }

    @Override
    public void close() {
        run(() -> {
            leads.onHide();
            dock.onHide();
            stage.close();
        });
    }
}
