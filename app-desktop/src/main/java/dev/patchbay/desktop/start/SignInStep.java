package dev.patchbay.desktop.start;

import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.words.Words;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TextField;

/// E-mail and password for a server that is known.
final class SignInStep extends Step {
    private final Field<TextField> email = new Field<>(Words.bind("start.email"), new TextField());
    private final PasswordInput password = new PasswordInput(Words.bind("start.password"));
    private final StartActions actions;
    private final Runnable done;

    SignInStep(StartActions actions, String server, String lastEmail, Runnable other, Runnable done) {
        super(Words.bind("start.signIn.title"), Words.bind("start.signIn.intro", server));
        this.actions = actions;
        this.done = done;
        email.control().setId("email");
        email.control().setText(lastEmail);
        Hyperlink elsewhere = new Hyperlink();
        elsewhere.textProperty().bind(Words.bind("start.signIn.other"));
        elsewhere.setOnAction(_ -> other.run());
        content(email, password, elsewhere);
        button(Words.bind("start.signIn.go"), true, this::go);
        email.control().textProperty().subscribe((_, _) -> email.error().set(""));
        password.text().subscribe((_, _) -> password.error().set(""));
    }

    private void go() {
        String who = email.control().getText().strip();
        String secret = password.text().get();
        email.error().set(who.isEmpty() ? Words.of("start.email.missing") : "");
        password.error().set(secret.isEmpty() ? Words.of("start.password.missing") : "");
        if (who.isEmpty() || secret.isEmpty()) {
            return;
        }
        work(Words.of("start.signIn.working"), () -> actions.signIn(who, secret), _ -> done.run(), fields -> {
            email.error().set(fields.getOrDefault("email", ""));
            password.error().set(fields.getOrDefault("password", ""));
            password.focus();
        });
    }
}
