package dev.patchbay.desktop.start;

import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.words.Words;
import java.util.function.Consumer;
import javafx.scene.control.TextField;

/// The address of a server that runs elsewhere.
final class ConnectStep extends Step {
    private final Field<TextField> address = new Field<>(Words.bind("start.connect.address"), new TextField());
    private final Runnable go;

    ConnectStep(StartActions actions, Runnable back, Consumer<StartActions.Found> found) {
        super(Words.bind("start.connect.title"), Words.bind("start.connect.intro"));
        address.control().setId("address");
        address.control().setPromptText("calls.example.com");
        address.control().textProperty().subscribe((_, _) -> address.error().set(""));
        content(address);
        button(Words.bind("start.back"), false, back);
        go = () -> {
            String typed = address.control().getText().strip();
            if (typed.isEmpty()) {
                address.error().set(Words.of("start.connect.address.missing"));
                return;
            }
            work(Words.of("start.connect.working"), () -> actions.find(typed), found, fields -> address.error()
                    .set(fields.getOrDefault("address", "")));
        };
        button(Words.bind("start.connect.go"), true, go);
    }

    /// Looks who is at an address that nobody needs to type.
    void lookAt(String typed) {
        address.control().setText(typed);
        go.run();
    }
}
