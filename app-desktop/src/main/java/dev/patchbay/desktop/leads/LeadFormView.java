package dev.patchbay.desktop.leads;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.iconButton;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import dev.patchbay.desktop.calls.CallWords;
import dev.patchbay.desktop.controls.Avatar;
import dev.patchbay.desktop.controls.Field;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Lead;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.collections.MapChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The form at the side of the list: one [LeadForm] at a time.
final class LeadFormView extends VBox {
    /// The stages that every company begins with.
    static final List<String> STAGES = List.of("new", "contacted", "qualified", "proposal", "won", "lost");

    private static final double WIDTH = 340;

    private final LeadsController controller;
    private final LeadsModel model;
    private final Avatar face = new Avatar(40);
    private final Label title = label("", "caller-name");
    private final Label below = label("", "small", "soft");
    private final VBox conflicts = new VBox(8);
    private final Map<LeadForm.Field, Field<?>> fields = new EnumMap<>(LeadForm.Field.class);
    private final TextField name = new TextField();
    private final ComboBox<String> stage = new ComboBox<>();
    private final TextArea notes = new TextArea();
    private final Button save;
    private final Button discard;
    private final Label unsaved = label(Words.bind("leads.form.unsaved"), "small", "soft");
    private final ChangeListener<@Nullable LeadForm> formChanged = (_, _, now) -> show(now);
    private final ChangeListener<Object> languageChanged = (_, _, _) -> words();
    private final List<Runnable> unbind = new ArrayList<>();
    private @Nullable LeadForm form;

    LeadFormView(LeadsController controller) {
        super(12);
        this.controller = controller;
        this.model = controller.model();
        getStyleClass().addAll("side", "card", "lead-form");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        title.setMinWidth(0);
        below.setMinWidth(0);
        below.setWrapText(true);
        VBox who = new VBox(2, title, below);
        who.setMinWidth(0);
        HBox.setHgrow(who, Priority.ALWAYS);
        HBox head = new HBox(
                12,
                face,
                who,
                iconButton(org.kordamp.ikonli.feather.Feather.X, Words.bind("leads.form.close"), controller::close));
        head.setAlignment(Pos.CENTER_LEFT);
        stage.getItems().setAll(STAGES);
        stage.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable String value) {
                return value == null ? "" : CallWords.stage(value);
            }

            @Override
            public String fromString(String text) {
                return text;
            }
        });
        notes.setWrapText(true);
        notes.setPrefRowCount(4);
        VBox all = new VBox(12);
        all.getStyleClass().add("form");
        for (LeadForm.Field field : LeadForm.Field.values()) {
            Field<?> made = new Field<>(Words.bind("leads.field." + field.wire()), control(field));
            fields.put(field, made);
            all.getChildren().add(made);
        }
        Objects.requireNonNull(fields.get(LeadForm.Field.TAGS)).hint().bind(Words.bind("leads.field.tags.hint"));
        ScrollPane scroll = new ScrollPane(new VBox(12, conflicts, all));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        save = button(Words.bind("leads.form.save"), controller::save, "primary");
        discard = button(Words.bind("leads.form.discard"), controller::discard);
        for (Button each : new Button[] {save, discard}) {
            each.setMinWidth(Region.USE_PREF_SIZE);
        }
        HBox foot = new HBox(8, save, discard, Nodes.gap(), unsaved);
        foot.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head, scroll, foot);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        Actions.keep(this, KeyCombination.valueOf("Shortcut+Enter"));
        reveal(this, false);
    }

    private Control control(LeadForm.Field field) {
        return switch (field) {
            case NAME -> name;
            case STAGE -> stage;
            case NOTES -> notes;
            case PHONE, EMAIL, SOURCE, TAGS -> new TextField();
        };
    }

    void onShow() {
        model.formProperty().addListener(formChanged);
        Words.language().addListener(languageChanged);
        show(model.formProperty().get());
    }

    void onHide() {
        model.formProperty().removeListener(formChanged);
        Words.language().removeListener(languageChanged);
        release();
    }

    /// @param whole all the room there is, without a list beside it
    void wide(boolean whole) {
        setMaxWidth(whole ? Double.MAX_VALUE : WIDTH);
        HBox.setHgrow(this, whole ? Priority.ALWAYS : Priority.NEVER);
    }

    void focus() {
        name.requestFocus();
    }

    private void pressed(KeyEvent key) {
        boolean inField = key.getTarget() instanceof TextField && !key.isShortcutDown() && !key.isAltDown();
        boolean enter = key.getCode() == KeyCode.ENTER;
        if ((enter && (inField || key.isShortcutDown())) && model.popProperty().get() == null) {
            key.consume();
            controller.save();
        } else if (enter && inField) {
            key.consume();
            controller.save();
        } else if (key.getCode() == KeyCode.S && key.isShortcutDown()) {
            key.consume();
            controller.save();
        } else if (key.getCode() == KeyCode.ESCAPE) {
            key.consume();
            controller.close();
        }
    }

    private void release() {
        unbind.forEach(Runnable::run);
        unbind.clear();
        form = null;
    }

    private void show(@Nullable LeadForm now) {
        release();
        form = now;
        reveal(this, now != null);
        if (now == null) {
            return;
        }
        for (LeadForm.Field field : LeadForm.Field.values()) {
            bind(now, field);
        }
        MapChangeListener<LeadForm.Field, LeadForm.Fault> faults = _ -> faults(now);
        ListChangeListener<LeadForm.Conflict> clashes = _ -> conflicts(now);
        ChangeListener<Object> headChanged = (_, _, _) -> head(now);
        now.faults().addListener(faults);
        now.conflicts().addListener(clashes);
        now.leadProperty().addListener(headChanged);
        now.text(LeadForm.Field.NAME).addListener(headChanged);
        unbind.add(() -> {
            now.faults().removeListener(faults);
            now.conflicts().removeListener(clashes);
            now.leadProperty().removeListener(headChanged);
            now.text(LeadForm.Field.NAME).removeListener(headChanged);
        });
        save.disableProperty().bind(now.savingProperty());
        discard.visibleProperty().bind(now.dirtyProperty());
        unsaved.visibleProperty().bind(now.dirtyProperty());
        unbind.add(() -> {
            save.disableProperty().unbind();
            discard.visibleProperty().unbind();
            unsaved.visibleProperty().unbind();
        });
        head(now);
        faults(now);
        conflicts(now);
    }

    private void bind(LeadForm now, LeadForm.Field field) {
        var text = now.text(field);
        switch (Objects.requireNonNull(fields.get(field)).control()) {
            case TextField line -> {
                line.textProperty().bindBidirectional(text);
                unbind.add(() -> line.textProperty().unbindBidirectional(text));
            }
            case TextArea lines -> {
                lines.textProperty().bindBidirectional(text);
                unbind.add(() -> lines.textProperty().unbindBidirectional(text));
            }
            default -> {
                if (!stage.getItems().contains(text.get())) {
                    stage.getItems().add(text.get());
                }
                stage.valueProperty().bindBidirectional(text);
                unbind.add(() -> stage.valueProperty().unbindBidirectional(text));
            }
        }
    }

    private void words() {
        LeadForm now = form;
        if (now != null) {
            head(now);
            faults(now);
            conflicts(now);
        }
    }

    private void head(LeadForm now) {
        String typed = CallWords.plain(now.text(LeadForm.Field.NAME).get());
        Lead lead = now.lead();
        title.setText(typed.isEmpty() ? Words.of("leads.form.new") : typed);
        face.name().set(typed);
        String owner = lead == null ? null : lead.ownerName();
        below.setText(
                lead == null
                        ? Words.of("leads.form.new.hint")
                        : owner == null
                                ? Words.of("leads.form.free", CallWords.when(lead.createdAt()))
                                : Words.of("leads.form.owned", owner, CallWords.when(lead.createdAt())));
    }

    private void faults(LeadForm now) {
        fields.forEach((field, shown) -> {
            LeadForm.Fault fault = now.faults().get(field);
            shown.error()
                    .set(
                            switch (fault) {
                                case null -> "";
                                case LeadForm.Fault.Key key -> Words.of(key.key());
                                case LeadForm.Fault.Said said -> said.sentence();
                            });
        });
        for (LeadForm.Field field : LeadForm.Field.values()) {
            if (now.faults().containsKey(field)) {
                Objects.requireNonNull(fields.get(field)).control().requestFocus();
                return;
            }
        }
    }

    private void conflicts(LeadForm now) {
        conflicts
                .getChildren()
                .setAll(now.conflicts().stream()
                        .map(conflict -> conflict(now, conflict))
                        .toList());
    }

    private static VBox conflict(LeadForm now, LeadForm.Conflict conflict) {
        Label said = label(
                Words.of(
                        "leads.conflict",
                        Words.of("leads.field." + conflict.field().wire())),
                "strong");
        said.setWrapText(true);
        Button mine = choice("leads.conflict.yours", conflict.yours(), () -> now.keepMine(conflict));
        Button theirs = choice("leads.conflict.theirs", conflict.theirs(), () -> now.takeTheirs(conflict));
        VBox box = new VBox(8, said, mine, theirs);
        box.getStyleClass().addAll("banner", "tone-warn");
        return box;
    }

    private static Button choice(String key, String value, Runnable chosen) {
        Button button = new Button(Words.of(key, value.isBlank() ? Words.of("leads.conflict.empty") : value));
        button.setMnemonicParsing(false);
        button.setWrapText(true);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAlignment(Pos.CENTER_LEFT);
        button.setOnAction(_ -> chosen.run());
        return button;
    }
}
