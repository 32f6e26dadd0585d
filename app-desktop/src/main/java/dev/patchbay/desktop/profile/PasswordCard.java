package dev.patchbay.desktop.profile;

import static dev.patchbay.desktop.controls.Nodes.button;

import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.words.Words;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;

/// A new password; the sign-ins on other devices end with the old one.
final class PasswordCard extends AccountCard {
    private final Errands errands;
    private final Field<PasswordField> current = password("profile.password.current", "password-current");
    private final Field<PasswordField> fresh = password("profile.password.new", "password-new");
    private final Field<PasswordField> again = password("profile.password.again", "password-again");
    private final Runnable changed;

    /// @param changed the other sign-ins have ended
    PasswordCard(Errands errands, Runnable changed) {
        super("profile.password.");
        this.errands = errands;
        this.changed = changed;
        fresh.hint().bind(Words.bind("profile.password.hint"));
        Button go = button(Words.bind("profile.password.go"), this::go);
        go.setId("password-go");
        again.control().setOnAction(_ -> go());
        content().getChildren().addAll(current, fresh, again, row(go));
    }

    @Override
    void onShow() {}

    @Override
    void onHide() {
        super.onHide();
        clear();
    }

    private void clear() {
        List.of(current, fresh, again).forEach(field -> {
            field.control().clear();
            field.error().set("");
        });
    }

    private void go() {
        String old = current.control().getText();
        String wanted = fresh.control().getText();
        current.error().set(old.isEmpty() ? Words.of("admin.fault.missing") : "");
        fresh.error().set(wanted.isEmpty() ? Words.of("admin.fault.missing") : "");
        boolean same = wanted.equals(again.control().getText());
        again.error().set(same ? "" : Words.of("profile.password.differs"));
        if (old.isEmpty() || wanted.isEmpty() || !same) {
            return;
        }
        errands.run(
                wire -> wire.post("/auth/password", Map.of("current", old, "password", wanted)),
                _ -> {
                    clear();
                    good(Words.of("profile.password.done"));
                    changed.run();
                },
                failure -> refused(failure, Map.of("current", current, "password", fresh)));
    }
}
