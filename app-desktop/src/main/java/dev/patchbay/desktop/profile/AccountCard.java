package dev.patchbay.desktop.profile;

import static dev.patchbay.desktop.controls.Nodes.label;

import dev.patchbay.desktop.admin.Said;
import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.FieldError;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One part of the account: a heading, what it is for, controls, and what the last attempt came to.
abstract class AccountCard extends VBox {
    private final Label told = label("");
    private final VBox content = new VBox(12);

    /// @param words under which its words stand, such as `profile.password.`: `title` and `text`
    AccountCard(String words) {
        told.setWrapText(true);
        told.setMinHeight(Region.USE_PREF_SIZE);
        told.managedProperty().bind(told.textProperty().isNotEmpty());
        told.visibleProperty().bind(told.managedProperty());
        Label text = label(Words.bind(words + "text"), "soft", "small");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        setSpacing(12);
        getStyleClass().add("card");
        getChildren().addAll(new VBox(2, label(Words.bind(words + "title"), "heading"), text), content, told);
    }

    /// What stands between the heading and the outcome.
    final VBox content() {
        return content;
    }

    /// Comes into view.
    abstract void onShow();

    /// Leaves it: secrets go.
    void onHide() {
        told.setText("");
    }

    final void good(String sentence) {
        tell(sentence, "text-good");
    }

    final void bad(String sentence) {
        tell(sentence, "text-bad");
    }

    private void tell(String sentence, String style) {
        told.getStyleClass().setAll("label", style);
        told.setText(sentence);
    }

    /// Says a refusal at the fields that it names, else below.
    final void refused(RuntimeException failure, Map<String, Field<?>> fields) {
        told.setText("");
        boolean placed = false;
        if (failure instanceof Refused no) {
            for (FieldError error : no.error().errors()) {
                Field<?> field = fields.get(error.field());
                if (field != null) {
                    field.error().set(error.message());
                    field.control().requestFocus();
                    placed = true;
                }
            }
        }
        if (!placed) {
            bad(Said.why(failure));
        }
    }

    /// A hidden field of a width that does not pretend to want a novel.
    static Field<PasswordField> password(String words, String id) {
        Field<PasswordField> field = new Field<>(Words.bind(words), new PasswordField());
        field.control().setId(id);
        field.setMaxWidth(320);
        field.control().textProperty().subscribe((_, _) -> field.error().set(""));
        return field;
    }

    static HBox row(javafx.scene.Node... nodes) {
        return new HBox(8, nodes);
    }
}
