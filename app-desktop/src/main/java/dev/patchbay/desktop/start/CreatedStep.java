package dev.patchbay.desktop.start;

import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.words.Words;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

/// The server runs: where colleagues find it, and into the console.
final class CreatedStep extends Step {
    CreatedStep(StartActions actions, StartActions.Server server, StartActions.NewServer wish, Runnable done) {
        super(Words.bind("start.created.title"), Words.bind("start.created.intro", wish.company()));
        Field<TextField> address = new Field<>(
                Words.bind(wish.address() != null ? "start.created.address" : "start.created.address.here"),
                new TextField(server.address()));
        address.control().setEditable(false);
        content(address);
        String fingerprint = server.fingerprint();
        if (fingerprint != null) {
            Label name = new Label();
            name.getStyleClass().add("field-hint");
            name.setWrapText(true);
            name.setMinHeight(USE_PREF_SIZE);
            name.textProperty().bind(Words.bind("start.created.fingerprint"));
            content(name, TrustStep.fingerprint(fingerprint));
        }
        button(
                Words.bind("start.created.go"),
                true,
                () -> work(
                        Words.of("start.signIn.working"),
                        () -> actions.signIn(wish.email(), wish.password()),
                        _ -> done.run(),
                        _ -> {}));
    }
}
