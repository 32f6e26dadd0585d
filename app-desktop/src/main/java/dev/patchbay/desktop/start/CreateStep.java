package dev.patchbay.desktop.start;

import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.words.Words;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The company, its first administrator, and who can reach the server.
final class CreateStep extends Step {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");

    private final Field<TextField> company = new Field<>(Words.bind("start.create.company"), new TextField());
    private final Field<TextField> name = new Field<>(Words.bind("start.create.name"), new TextField());
    private final Field<TextField> email = new Field<>(Words.bind("start.email"), new TextField());
    private final PasswordInput password = new PasswordInput(Words.bind("start.password"));
    private final CheckBox colleagues = new CheckBox();
    private final Field<ComboBox<String>> address = new Field<>(Words.bind("start.create.address"), new ComboBox<>());
    private final StartActions actions;
    private final BiConsumer<StartActions.Server, StartActions.NewServer> created;

    CreateStep(StartActions actions, Runnable back, BiConsumer<StartActions.Server, StartActions.NewServer> created) {
        super(Words.bind("start.create.title"), Words.bind("start.create.intro"));
        this.actions = actions;
        this.created = created;
        company.control().setId("company");
        name.control().setId("name");
        email.control().setId("email");
        address.control().setId("address");
        address.control().setEditable(true);
        address.control().getItems().setAll(actions.addresses());
        address.control().getSelectionModel().selectFirst();
        address.hint().bind(Words.bind("start.create.address.hint"));
        address.visibleProperty().bind(colleagues.selectedProperty());
        address.managedProperty().bind(address.visibleProperty());
        colleagues.textProperty().bind(Words.bind("start.create.colleagues"));
        colleagues.setWrapText(true);
        password.hint()
                .bind(Bindings.createStringBinding(
                        () -> hint(PasswordStrength.of(password.text().get())), password.text(), Words.language()));
        HBox person = new HBox(12, name, email);
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox.setHgrow(email, Priority.ALWAYS);
        name.setPrefWidth(200);
        email.setPrefWidth(200);
        content(company, person, password, strength(), colleagues, address);
        button(Words.bind("start.back"), false, back);
        button(Words.bind("start.create.go"), true, this::go);
        for (var field : List.of(company, name, email)) {
            field.control().textProperty().subscribe((_, _) -> field.error().set(""));
        }
        password.text().subscribe((_, _) -> password.error().set(""));
    }

    private HBox strength() {
        HBox bars = new HBox(4);
        bars.getStyleClass().add("strength");
        for (int i = 1; i < PasswordStrength.values().length; i++) {
            Region bar = new Region();
            HBox.setHgrow(bar, Priority.ALWAYS);
            bars.getChildren().add(bar);
        }
        password.text().subscribe(text -> {
            PasswordStrength strength = PasswordStrength.of(text);
            String tone =
                    switch (strength) {
                        case NONE, WEAK -> "tone-bad";
                        case FAIR -> "tone-warn";
                        case STRONG -> "tone-good";
                    };
            for (int i = 0; i < bars.getChildren().size(); i++) {
                bars.getChildren().get(i).getStyleClass().setAll(i < strength.ordinal() ? tone : "off");
            }
        });
        return bars;
    }

    private static String hint(PasswordStrength strength) {
        return switch (strength) {
            case NONE -> Words.of("start.strength.none", PasswordStrength.LEAST);
            case WEAK -> Words.of("start.strength.weak");
            case FAIR -> Words.of("start.strength.fair");
            case STRONG -> Words.of("start.strength.strong");
        };
    }

    private void go() {
        boolean good = need(company.error(), !text(company).isEmpty(), "start.create.company.missing");
        good &= need(name.error(), !text(name).isEmpty(), "start.create.name.missing");
        good &= need(email.error(), EMAIL.matcher(text(email)).matches(), "start.email.wrong");
        boolean enough = password.text().get().length() >= PasswordStrength.LEAST;
        password.error().set(enough ? "" : Words.of("start.password.short", PasswordStrength.LEAST));
        good &= enough;
        String host = colleagues.isSelected() ? host() : "";
        good &= need(address.error(), !colleagues.isSelected() || !host.isEmpty(), "start.create.address.missing");
        if (!good) {
            return;
        }
        StartActions.NewServer wish = new StartActions.NewServer(
                text(company), text(name), text(email), password.text().get(), host.isEmpty() ? null : host);
        work(
                Words.of("start.create.working"),
                () -> actions.create(wish, this::progress),
                server -> created.accept(server, wish),
                this::refused);
    }

    /// What stands in the box: typed and perhaps not yet taken over, or chosen from the list.
    private String host() {
        String typed = address.control().getEditor().getText();
        String chosen = address.control().getValue();
        String text = typed == null || typed.isBlank() ? chosen : typed;
        return text == null ? "" : text.strip();
    }

    private static boolean need(StringProperty error, boolean good, String key) {
        error.set(good ? "" : Words.of(key));
        return good;
    }

    private void refused(Map<String, String> fields) {
        company.error().set(fields.getOrDefault("company", ""));
        name.error().set(fields.getOrDefault("name", ""));
        email.error().set(fields.getOrDefault("email", ""));
        password.error().set(fields.getOrDefault("password", ""));
        address.error().set(fields.getOrDefault("address", ""));
    }

    private static String text(Field<TextField> field) {
        return field.control().getText().strip();
    }
}
