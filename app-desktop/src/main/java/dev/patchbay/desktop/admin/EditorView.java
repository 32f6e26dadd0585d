package dev.patchbay.desktop.admin;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.iconButton;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.controls.Banner;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.words.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.collections.MapChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The pane beside a section's table: one [Draft] at a time.
final class EditorView extends VBox {
    private static final double WIDTH = 352;

    private final SectionController controller;
    private final @Nullable Extra extra;
    private final String words;
    private final Label title = label("", "caller-name");
    private final Label below = label("", "small", "soft");
    private final VBox bars = new VBox(8);
    private final VBox form = new VBox(14);
    private final ScrollPane scroll;
    private final Button save;
    private final Button discard;
    private final Button remove;
    private final Label unsaved = label(Words.bind("admin.unsaved"), "small", "soft");
    private final Map<String, InputField> fields = new LinkedHashMap<>();
    private final List<Runnable> unbind = new ArrayList<>();
    private @Nullable Draft draft;

    /// What a section shows below the fields of an entry that is there.
    interface Extra {
        Node node();

        /// @param entry null when a new one is being made
        void show(@Nullable JsonNode entry);
    }

    EditorView(SectionController controller, @Nullable Extra extra) {
        super(12);
        this.controller = controller;
        this.extra = extra;
        this.words = controller.section().words();
        getStyleClass().addAll("side", "card", "admin-editor");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        title.setMinWidth(0);
        below.setWrapText(true);
        below.setMinHeight(Region.USE_PREF_SIZE);
        VBox names = new VBox(2, title, below);
        names.setMinWidth(0);
        HBox.setHgrow(names, Priority.ALWAYS);
        HBox head = new HBox(8, names, iconButton(Feather.X, Words.bind("admin.close"), controller::close));
        head.setAlignment(Pos.CENTER_LEFT);
        form.getStyleClass().add("form");
        VBox all = new VBox(14, bars, form);
        if (extra != null) {
            all.getChildren().add(extra.node());
        }
        scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        save = button(Words.bind("admin.save"), controller::save, "primary");
        save.setId("save");
        discard = button(Words.bind("admin.discard"), controller::discard);
        remove = iconButton(Feather.TRASH_2, Words.bind("admin.remove"), controller::remove);
        remove.setId("remove");
        for (Button each : new Button[] {save, discard, remove}) {
            each.setMinWidth(Region.USE_PREF_SIZE);
        }
        HBox foot = new HBox(8, save, discard, unsaved, Nodes.gap(), remove);
        foot.setAlignment(Pos.CENTER_LEFT);
        reveal(
                foot,
                controller.section().can().add() || controller.section().can().change());
        getChildren().addAll(head, scroll, foot);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        Actions.keep(this, KeyCombination.valueOf("Shortcut+Enter"));
        reveal(this, false);
    }

    /// @param whole all the room there is, without the table beside it
    void wide(boolean whole) {
        setMinWidth(whole ? 0 : WIDTH);
        setMaxWidth(whole ? Double.MAX_VALUE : WIDTH);
        HBox.setHgrow(this, whole ? Priority.ALWAYS : Priority.NEVER);
    }

    private void pressed(KeyEvent key) {
        boolean enter = key.getCode() == KeyCode.ENTER;
        boolean inField = key.getTarget() instanceof TextField && !key.isShortcutDown() && !key.isAltDown();
        if ((enter && (inField || key.isShortcutDown())) || (key.getCode() == KeyCode.S && key.isShortcutDown())) {
            key.consume();
            controller.save();
        } else if (key.getCode() == KeyCode.ESCAPE) {
            key.consume();
            if (controller.model().asked().get() == null) {
                controller.close();
            } else {
                controller.model().asked().set(null);
            }
        }
    }

    /// Shows a draft; null hides the pane.
    void show(@Nullable Draft now) {
        if (now != null && now.equals(draft)) {
            return;
        }
        boolean here = isFocusWithin();
        release();
        draft = now;
        reveal(this, now != null);
        if (now == null) {
            return;
        }
        Section.Can can = controller.section().can();
        boolean fixed = now.isNew() ? !can.add() : !can.change();
        form.getChildren().clear();
        for (Input input : now.inputs()) {
            InputField made = new InputField(
                    input, words, now.value(input.field()), controller.model().choices(), fixed);
            fields.put(input.field(), made);
            form.getChildren().add(made.field());
        }
        MapChangeListener<String, Draft.Fault> faults = change -> {
            faults(now);
            // Not when one goes: whoever mends a field is still typing in it.
            if (change.wasAdded()) {
                focusFault(now);
            }
        };
        ListChangeListener<Draft.Conflict> conflicts = _ -> bars(now);
        ChangeListener<Object> headChanged = (_, _, _) -> head(now);
        ChangeListener<Object> barsChanged = (_, _, _) -> bars(now);
        now.faults().addListener(faults);
        now.conflicts().addListener(conflicts);
        now.seen().addListener(headChanged);
        Words.language().addListener(headChanged);
        controller.model().problem().addListener(barsChanged);
        controller.model().asked().addListener(barsChanged);
        unbind.add(() -> {
            now.faults().removeListener(faults);
            now.conflicts().removeListener(conflicts);
            now.seen().removeListener(headChanged);
            Words.language().removeListener(headChanged);
            controller.model().problem().removeListener(barsChanged);
            controller.model().asked().removeListener(barsChanged);
        });
        save.disableProperty().bind(now.busy());
        reveal(save, !fixed);
        discard.visibleProperty().bind(now.dirty());
        discard.managedProperty().bind(now.dirty());
        unsaved.visibleProperty().bind(now.dirty());
        unbind.add(() -> {
            save.disableProperty().unbind();
            discard.visibleProperty().unbind();
            discard.managedProperty().unbind();
            unsaved.visibleProperty().unbind();
        });
        reveal(remove, !now.isNew() && can.removal() != Section.Removal.NEVER);
        scroll.setVvalue(0);
        head(now);
        bars(now);
        faults(now);
        if (here) {
            // The field that had the keyboard is gone with the draft before.
            focus();
        }
    }

    /// The first field takes the keyboard.
    void focus() {
        form.getChildren().stream()
                .map(node -> ((dev.patchbay.desktop.controls.Field<?>) node).control())
                .filter(control -> control.isFocusTraversable() && !control.isDisabled())
                .findFirst()
                .ifPresent(Region::requestFocus);
    }

    private void release() {
        unbind.forEach(Runnable::run);
        unbind.clear();
        fields.values().forEach(InputField::release);
        fields.clear();
        draft = null;
    }

    private void head(Draft now) {
        JsonNode seen = now.seen().get();
        title.setText(seen == null ? Words.of(words + "new") : controller.name(seen));
        below.setText(seen == null ? Words.of("admin.new.hint") : Words.of(words + "one"));
        if (extra != null) {
            extra.show(seen);
            reveal(extra.node(), seen != null);
        }
    }

    private void faults(Draft now) {
        fields.forEach((field, shown) -> shown.field()
                .error()
                .set(
                        switch (now.faults().get(field)) {
                            case null -> "";
                            case Draft.Fault.Key key -> Words.of(key.key());
                            case Draft.Fault.Said said -> said.sentence();
                        }));
    }

    private void focusFault(Draft now) {
        fields.entrySet().stream()
                .filter(each -> now.faults().containsKey(each.getKey()))
                .findFirst()
                .ifPresent(each -> each.getValue().field().control().requestFocus());
    }

    /// What stands above the fields: a question, a failure, conflicts.
    private void bars(Draft now) {
        bars.getChildren().clear();
        JsonNode asked = controller.model().asked().get();
        if (asked != null) {
            bars.getChildren().add(question(asked));
        }
        String problem = controller.model().problem().get();
        if (!problem.isEmpty()) {
            bars.getChildren()
                    .add(new Banner(Tone.BAD, new SimpleStringProperty(""), new SimpleStringProperty(problem)));
        }
        if (!now.conflicts().isEmpty()) {
            bars.getChildren()
                    .add(new Banner(Tone.WARN, Words.bind("admin.conflict.title"), Words.bind("admin.conflict.text")));
            now.conflicts().forEach(conflict -> bars.getChildren().add(conflict(now, conflict)));
        }
        reveal(bars, !bars.getChildren().isEmpty());
        if (!bars.getChildren().isEmpty()) {
            scroll.setVvalue(0);
        }
    }

    private Node question(JsonNode entry) {
        Label ask = label(Words.bind(words + "remove", controller.name(entry)), "strong");
        ask.setWrapText(true);
        Button yes = button(Words.bind("admin.remove"), () -> controller.removeNow(entry), "danger");
        yes.setId("remove-yes");
        Button no = button(
                Words.bind("admin.keep"), () -> controller.model().asked().set(null));
        VBox box = new VBox(10, ask, new HBox(8, yes, no));
        box.getStyleClass().addAll("banner", "tone-bad");
        return box;
    }

    private Node conflict(Draft now, Draft.Conflict conflict) {
        String field = conflict.input().field();
        Label name = label(Words.bind(words + field), "strong");
        Button mine = choice("admin.conflict.mine", field, conflict.yours(), () -> now.keepMine(conflict));
        Button theirs = choice("admin.conflict.theirs", field, conflict.theirs(), () -> now.takeTheirs(conflict));
        VBox box = new VBox(8, name, mine, theirs);
        box.getStyleClass().addAll("banner", "tone-warn");
        return box;
    }

    private Button choice(String key, String field, JsonNode value, Runnable chosen) {
        String said = value.isBoolean()
                ? Words.of(value.asBoolean() ? "common.yes" : "common.no")
                : controller.words(field, value);
        Button button = new Button(Words.of(key, said.isBlank() ? Words.of("common.none") : said));
        button.setMnemonicParsing(false);
        button.setWrapText(true);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAlignment(Pos.CENTER_LEFT);
        button.setOnAction(_ -> chosen.run());
        return button;
    }
}
