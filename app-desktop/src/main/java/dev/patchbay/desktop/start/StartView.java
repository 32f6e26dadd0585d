package dev.patchbay.desktop.start;

import dev.patchbay.desktop.words.Words;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The first steps, one at a time, in the middle of the window. Going back keeps what was typed.
public final class StartView extends StackPane {
    private final StartActions actions;
    private final Runnable done;
    private final VBox middle = new VBox(24);
    private final ChooseStep choose;
    private final CreateStep create;
    private final ConnectStep connect;

    /// @param done signed in: the console is to be shown
    public StartView(StartActions actions, Runnable done) {
        this.actions = actions;
        this.done = done;
        choose = new ChooseStep(this::create, this::connect);
        create = new CreateStep(
                actions, this::choose, (server, wish) -> step(new CreatedStep(actions, server, wish, done)));
        connect = new ConnectStep(actions, this::choose, this::found);
        getStyleClass().add("start");
        middle.getChildren().addAll(Brand.node(), new Region());
        middle.setAlignment(Pos.CENTER);
        middle.setMaxWidth(480);
        StackPane page = new StackPane(middle);
        page.getStyleClass().add("start-page");
        ScrollPane scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setFocusTraversable(false);
        getChildren().add(scroll);
        choose();
    }

    /// The first start: here or elsewhere.
    public void choose() {
        step(choose);
    }

    /// A server is known: e-mail and password.
    ///
    /// @param server its address as a person reads it
    /// @param lastEmail who signed in last; empty for nobody
    public void signIn(String server, String lastEmail) {
        step(new SignInStep(actions, server, lastEmail, this::choose, done));
    }

    /// Brand and step: reached here before a skin exists.
    Parent page() {
        return middle;
    }

    /// An address is given: looks who is there at once.
    public void lookAt(String address) {
        step(connect);
        connect.lookAt(address);
    }

    /// Says above the buttons of the present step what went wrong before it.
    public void problem(String sentence) {
        if (middle.getChildren().get(1) instanceof Step step) {
            step.problem(sentence);
        }
    }

    private void create() {
        step(create);
    }

    private void connect() {
        step(connect);
    }

    private void found(StartActions.Found found) {
        String fingerprint = found.fingerprint();
        if (fingerprint != null) {
            step(new TrustStep(actions, found, fingerprint, this::connect, server -> signIn(server.address(), "")));
            return;
        }
        connect.work(
                Words.of("start.connect.working"),
                () -> actions.connect(found),
                server -> signIn(server.address(), ""),
                _ -> {});
    }

    void step(Step step) {
        middle.getChildren().set(1, step);
        // The first field that is empty; when all are filled, the first thing there is.
        Platform.runLater(() -> {
            if (!focus(
                    step,
                    node -> node instanceof TextInputControl text && text.isEditable() && text.getLength() == 0)) {
                focus(step, node -> node instanceof TextInputControl || node instanceof Button);
            }
        });
    }

    private static boolean focus(Node node, Predicate<Node> wanted) {
        if (!node.isVisible()) {
            return false;
        }
        if (wanted.test(node)) {
            node.requestFocus();
            return true;
        }
        return node instanceof Parent parent
                && parent.getChildrenUnmodifiable().stream().anyMatch(child -> focus(child, wanted));
    }
}
