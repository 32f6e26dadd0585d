package dev.patchbay.desktop.start;

import dev.patchbay.desktop.controls.Banner;
import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.controls.Fx;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.words.Words;
import java.util.List;
import java.util.Map;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// E-mail and password for a server that is known, a code where the account wants one, and the ways in besides.
final class SignInStep extends Step {
    private final Field<TextField> email = new Field<>(Words.bind("start.email"), new TextField());
    private final PasswordInput password = new PasswordInput(Words.bind("start.password"));
    private final Field<TextField> code = new Field<>(Words.bind("start.code"), new TextField());
    private final VBox others = new VBox(8);
    private final StringProperty told = new SimpleStringProperty("");
    private final StartActions actions;
    private final Runnable done;
    /// Through whom the sign-in came this far that needs a code; null for the password.
    private @Nullable String through;

    SignInStep(StartActions actions, String server, String lastEmail, Runnable other, Runnable done) {
        super(Words.bind("start.signIn.title"), Words.bind("start.signIn.intro", server));
        this.actions = actions;
        this.done = done;
        email.control().setId("email");
        email.control().setText(lastEmail);
        code.control().setId("code");
        code.hint().bind(Words.bind("start.code.hint"));
        shown(code, false);
        Banner sent = new Banner(Tone.GOOD, new SimpleStringProperty(""), told);
        sent.visibleProperty().bind(told.isNotEmpty());
        sent.managedProperty().bind(sent.visibleProperty());
        Hyperlink forgot = link("start.signIn.forgot", this::forgot);
        forgot.setId("forgot");
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        HBox links = new HBox(8, forgot, between, link("start.signIn.other", other));
        links.setAlignment(Pos.CENTER_LEFT);
        shown(others, false);
        content(email, password, code, links, sent, others);
        button(Words.bind("start.signIn.go"), true, this::go);
        email.control().textProperty().subscribe((_, _) -> {
            email.error().set("");
            // Another person may need none.
            through = null;
            shown(code, false);
            code.control().clear();
        });
        password.text().subscribe((_, _) -> password.error().set(""));
        code.control().textProperty().subscribe((_, _) -> code.error().set(""));
        Fx.background(actions::providers, this::offer, _ -> {});
    }

    private static Hyperlink link(String words, Runnable run) {
        Hyperlink link = new Hyperlink();
        link.textProperty().bind(Words.bind(words));
        link.setOnAction(_ -> run.run());
        return link;
    }

    private static void shown(Node node, boolean now) {
        node.setVisible(now);
        node.setManaged(now);
    }

    /// Shows who else vouches for people here.
    void offer(List<String> providers) {
        others.getChildren().clear();
        for (String provider : providers) {
            if (Words.has("start.signIn.with." + provider)) {
                Button way = new Button();
                way.setId("with-" + provider);
                way.setMaxWidth(Double.MAX_VALUE);
                way.textProperty().bind(Words.bind("start.signIn.with." + provider));
                way.setOnAction(_ -> by(provider, null));
                others.getChildren().add(way);
            }
        }
        shown(others, !others.getChildren().isEmpty());
    }

    /// The browser is asked first; a code of the second factor may be wanted after it.
    private void by(String provider, @Nullable String second) {
        told.set("");
        work(
                Words.of(second == null ? "start.signIn.browser" : "start.signIn.working"),
                () -> actions.signInWith(provider, second),
                _ -> done.run(),
                fields -> {
                    if (fields.containsKey("code")) {
                        askCode(fields, provider);
                    }
                });
    }

    /// Asks for the code of the second factor.
    void askCode(Map<String, String> fields, @Nullable String provider) {
        through = provider;
        shown(code, true);
        code.error().set(fields.getOrDefault("code", ""));
        code.control().selectAll();
        code.control().requestFocus();
    }

    private boolean known() {
        boolean missing = email.control().getText().isBlank();
        email.error().set(missing ? Words.of("start.email.missing") : "");
        return !missing;
    }

    private void forgot() {
        told.set("");
        if (!known()) {
            email.control().requestFocus();
            return;
        }
        String who = email.control().getText().strip();
        work(
                Words.of("start.signIn.sending"),
                () -> actions.forgot(who),
                _ -> told.set(Words.of("start.signIn.sent", who)),
                fields -> email.error().set(fields.getOrDefault("email", "")));
    }

    private void go() {
        told.set("");
        String provider = through;
        if (provider != null && code.isVisible()) {
            by(provider, code.control().getText().strip());
            return;
        }
        String secret = password.text().get();
        password.error().set(secret.isEmpty() ? Words.of("start.password.missing") : "");
        if (!known() || secret.isEmpty()) {
            return;
        }
        String who = email.control().getText().strip();
        String typed = code.control().getText().strip();
        String second = code.isVisible() && !typed.isEmpty() ? typed : null;
        work(Words.of("start.signIn.working"), () -> actions.signIn(who, secret, second), _ -> done.run(), fields -> {
            email.error().set(fields.getOrDefault("email", ""));
            password.error().set(fields.getOrDefault("password", ""));
            if (fields.containsKey("code")) {
                askCode(fields, null);
            } else {
                password.focus();
            }
        });
    }
}
