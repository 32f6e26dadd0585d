package dev.patchbay.desktop.softphone.view;

import static dev.patchbay.desktop.controls.Nodes.label;

import dev.patchbay.desktop.softphone.Notes;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.CallId;
import javafx.beans.value.ChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Where the agent writes, with a line below that says where the text is kept.
final class NotesBox extends VBox {
    private final DockController controller;
    private final TextArea text = new TextArea();
    private final Label saved = label("", "small", "soft");
    private final ChangeListener<Notes> notesChanged = (_, _, now) -> saved(now);
    private final ChangeListener<String> typed;
    private @Nullable CallId about;
    private boolean filling;

    NotesBox(DockController controller) {
        super(4);
        this.controller = controller;
        typed = (_, _, now) -> {
            if (!filling) {
                controller.notes(now);
            }
        };
        getStyleClass().add("notes");
        text.setWrapText(true);
        text.setPrefRowCount(4);
        text.setMinHeight(72);
        text.promptTextProperty().bind(Words.bind("softphone.notes.prompt"));
        text.accessibleTextProperty().bind(Words.bind("softphone.notes"));
        VBox.setVgrow(text, Priority.ALWAYS);
        getChildren().addAll(text, saved);
        text.textProperty().addListener(typed);
        controller.model().phone().notes().addListener(notesChanged);
        follow();
    }

    /// Shows the notes of the present call. Text that is being typed is only replaced when the call is another one.
    void follow() {
        Notes now = controller.model().phone().notes().get();
        if (about == null || !about.equals(now.call())) {
            about = now.call();
            filling = true;
            text.setText(now.text());
            filling = false;
        }
        saved(now);
    }

    private void saved(Notes now) {
        if (now.call() != null && !now.call().equals(about)) {
            follow();
            return;
        }
        saved.setText(
                now.text().isEmpty()
                        ? ""
                        : switch (now.saved()) {
                            case NOT_YET -> Words.of("softphone.notes.notYet");
                            case ON_DISK -> Words.of("softphone.notes.onDisk");
                            case ON_SERVER -> Words.of("softphone.notes.saved");
                            case REFUSED -> Words.of("softphone.notes.refused");
                        });
    }

    TextArea field() {
        return text;
    }

    void close() {
        text.textProperty().removeListener(typed);
        controller.model().phone().notes().removeListener(notesChanged);
    }
}
