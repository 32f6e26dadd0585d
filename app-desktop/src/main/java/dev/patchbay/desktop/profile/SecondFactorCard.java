package dev.patchbay.desktop.profile;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.label;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.admin.Said;
import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.controls.Pill;
import dev.patchbay.desktop.controls.Secret;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.print.PrinterJob;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/// The second factor: set up with the password, a QR code and one code of the app; switched off with the password.
final class SecondFactorCard extends AccountCard {
    private static final int QR = 200;

    private final Errands errands;
    private final String email;

    SecondFactorCard(String email, Errands errands) {
        super("profile.totp.");
        this.email = email;
        this.errands = errands;
    }

    @Override
    void onShow() {
        load();
    }

    @Override
    void onHide() {
        super.onHide();
        // The secret and the codes are shown once.
        content().getChildren().clear();
    }

    private void load() {
        errands.run(
                wire -> wire.get("/auth/totp"),
                answer -> state(answer.path("enabled").asBoolean()),
                failure -> {
                    content().getChildren().clear();
                    bad(Said.why(failure));
                });
    }

    private void state(boolean on) {
        Pill pill = new Pill(Words.bind(on ? "profile.totp.on" : "profile.totp.off"), on ? Tone.GOOD : Tone.NEUTRAL);
        Button next = button(Words.bind(on ? "profile.totp.disable" : "profile.totp.setUp"), () -> askPassword(on));
        next.setId(on ? "totp-disable" : "totp-set-up");
        content().getChildren().setAll(row(pill), row(next));
    }

    private void askPassword(boolean on) {
        Field<PasswordField> password = password("profile.totp.password", "totp-password");
        Button go = button(
                Words.bind(on ? "profile.totp.disable" : "profile.totp.next"),
                () -> given(on, password),
                on ? "danger" : "primary");
        go.setId("totp-go");
        password.control().setOnAction(_ -> given(on, password));
        content().getChildren().setAll(password, row(go, button(Words.bind("admin.cancel"), () -> state(on))));
        password.control().requestFocus();
    }

    private void given(boolean on, Field<PasswordField> password) {
        String secret = password.control().getText();
        if (secret.isEmpty()) {
            password.error().set(Words.of("admin.fault.missing"));
            return;
        }
        Map<String, String> body = Map.of("password", secret);
        if (on) {
            errands.run(
                    wire -> {
                        wire.delete("/auth/totp", body);
                        return false;
                    },
                    now -> {
                        state(now);
                        good(Words.of("profile.totp.disabled"));
                    },
                    failure -> refused(failure, Map.of("password", password)));
        } else {
            errands.run(
                    wire -> wire.post("/auth/totp", body),
                    this::setUp,
                    failure -> refused(failure, Map.of("password", password)));
        }
    }

    private void setUp(JsonNode setup) {
        onHide();
        ImageView code = new ImageView(Qr.of(setup.path("uri").asText(), QR));
        code.setId("totp-qr");
        code.accessibleTextProperty().bind(Words.bind("profile.totp.qr"));
        Secret typed = new Secret(
                Words.bind("profile.totp.secret"), grouped(setup.path("secret").asText()));
        typed.setMaxWidth(460);
        VBox beside = new VBox(12, wrapped("profile.totp.scan"), typed);
        beside.setMinWidth(0);
        javafx.scene.layout.HBox.setHgrow(beside, javafx.scene.layout.Priority.ALWAYS);
        List<String> recovery = new ArrayList<>();
        setup.path("recoveryCodes").forEach(each -> recovery.add(each.asText()));
        Field<TextField> confirm = new Field<>(Words.bind("profile.totp.code"), new TextField());
        confirm.control().setId("totp-code");
        confirm.control().textProperty().subscribe((_, _) -> confirm.error().set(""));
        confirm.setMaxWidth(160);
        Button go = button(Words.bind("profile.totp.confirm"), () -> confirm(confirm), "primary");
        go.setId("totp-confirm");
        confirm.control().setOnAction(_ -> confirm(confirm));
        content()
                .getChildren()
                .setAll(
                        new HBox(20, code, beside),
                        codes(recovery),
                        wrapped("profile.totp.then"),
                        confirm,
                        row(go, button(Words.bind("admin.cancel"), () -> {
                            onHide();
                            load();
                        })));
    }

    private Node codes(List<String> recovery) {
        String all = String.join("\n", recovery);
        TextArea text = new TextArea(all);
        text.setId("totp-recovery");
        text.setEditable(false);
        text.getStyleClass().add("fingerprint");
        text.setPrefRowCount(Math.min(10, recovery.size()));
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.setMaxWidth(420);
        text.accessibleTextProperty().bind(Words.bind("profile.totp.recovery"));
        Button print = button(Words.bind("profile.totp.print"), () -> print(all));
        return new VBox(
                8,
                label(Words.bind("profile.totp.recovery"), "field-name"),
                wrapped("profile.totp.recovery.text"),
                text,
                row(button(Words.bind("common.copy"), () -> Secret.copy(all)), print));
    }

    private void print(String codes) {
        PrinterJob job = PrinterJob.createPrinterJob();
        if (job == null) {
            bad(Words.of("profile.totp.noPrinter"));
            return;
        }
        if (job.showPrintDialog(getScene().getWindow())) {
            Text page = new Text(Words.of("profile.totp.page", email) + "\n\n" + codes);
            page.setStyle("-fx-font-size: 14px;");
            if (job.printPage(page)) {
                job.endJob();
            }
        }
    }

    private void confirm(Field<TextField> code) {
        String typed = code.control().getText().replaceAll("\\s", "");
        if (typed.isEmpty()) {
            code.error().set(Words.of("admin.fault.missing"));
            return;
        }
        errands.run(
                wire -> wire.post("/auth/totp/confirm", Map.of("code", typed)),
                _ -> {
                    onHide();
                    state(true);
                    good(Words.of("profile.totp.enabled"));
                },
                failure -> refused(failure, Map.of("code", code)));
    }

    /// In fours, to be typed into a telephone.
    private static String grouped(String secret) {
        return String.join(" ", secret.split("(?<=\\G.{4})"));
    }

    private static Label wrapped(String words) {
        Label text = label(Words.bind(words));
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        return text;
    }
}
