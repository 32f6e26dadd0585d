package dev.patchbay.desktop.admin;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.iconButton;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.controls.FourFaces;
import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.words.Words;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.collections.MapChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
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

/// One section: search and New above, the table, the editor beside it or, where there is little room, in its place.
final class SectionView extends VBox implements Part {
    /// Below this the editor takes the table's place.
    private static final double NARROW = 640;
    private static final double SMALL = 460;

    private final SectionController controller;
    private final SectionModel model;
    private final String words;
    private final SectionTable table;
    private final FourFaces faces;
    private final EditorView editor;
    private final TextField search = new TextField();
    private final HBox keptBar = new HBox(10);
    private final Label keptText = label("");
    private final Label title;
    private boolean selecting;

    /// @param extra what the editor shows besides; null for nothing
    /// @param ways further buttons of the head
    SectionView(SectionController controller, EditorView.@Nullable Extra extra, List<Button> ways) {
        super(14);
        this.controller = controller;
        this.model = controller.model();
        this.words = controller.section().words();
        title = label(Words.bind(words + "title"), "title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        search.setId("search");
        search.promptTextProperty().bind(Words.bind("admin.search"));
        search.accessibleTextProperty().bind(Words.bind("admin.search"));
        search.setPrefWidth(200);
        search.setMinWidth(40);
        search.textProperty().bindBidirectional(model.search());
        HBox head = new HBox(10, title, Nodes.gap(), search);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getChildren().add(iconButton(Feather.REFRESH_CW, Words.bind("admin.reload"), controller::load));
        head.getChildren().addAll(ways);
        if (controller.section().can().add()) {
            Button add = button(Words.bind(words + "new"), this::create, "primary");
            add.setId("new");
            add.setMinWidth(Region.USE_PREF_SIZE);
            head.getChildren().add(add);
        }
        table = new SectionTable(controller);
        faces = new FourFaces(table);
        editor = new EditorView(controller, extra);
        Button back = button(Words.bind("admin.kept.back"), this::back);
        back.setMinWidth(Region.USE_PREF_SIZE);
        keptBar.getStyleClass().addAll("banner", "tone-neutral");
        keptBar.setAlignment(Pos.CENTER_LEFT);
        keptText.setMinWidth(0);
        keptBar.getChildren().addAll(Icon.of(Feather.EDIT_3), keptText, Nodes.gap(), back);
        HBox body = new HBox(16, faces, editor);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(head, keptBar, body);
        setMinWidth(0);
        HBox.setHgrow(this, Priority.ALWAYS);
        follow();
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        Actions.keep(this, KeyCombination.valueOf("Shortcut+N"));
    }

    /// The view and its model live as long as each other, so nothing is taken back.
    private void follow() {
        model.face().subscribe(this::face);
        model.draft().subscribe(this::draft);
        model.shown().addListener((ListChangeListener<JsonNode>)
                _ -> mark(model.draft().get()));
        model.choices().addListener((MapChangeListener<String, List<Choice>>) _ -> table.refresh());
        model.unsaved().addListener((ListChangeListener<String>) _ -> kept());
        Words.language().subscribe(_ -> {
            table.refresh();
            kept();
        });
        widthProperty().subscribe(_ -> arrange());
        table.getSelectionModel().selectedItemProperty().subscribe((_, now) -> {
            if (!selecting && now != null) {
                controller.select(now);
            }
        });
    }

    @Override
    public javafx.scene.Node node() {
        return this;
    }

    @Override
    public void onShow() {
        controller.load();
    }

    private void pressed(KeyEvent key) {
        if (key.getCode() == KeyCode.N
                && key.isShortcutDown()
                && controller.section().can().add()) {
            key.consume();
            create();
        } else if (key.getCode() == KeyCode.ESCAPE
                && key.getTarget() == table
                && model.draft().get() != null) {
            key.consume();
            controller.close();
        } else if (key.getCode() == KeyCode.F5) {
            key.consume();
            controller.load();
        } else if (key.getTarget() == table
                && key.getCode() == KeyCode.ENTER
                && model.draft().get() != null) {
            key.consume();
            editor.focus();
        } else if (key.getTarget() == search && key.getCode() == KeyCode.DOWN) {
            key.consume();
            table.requestFocus();
            table.getSelectionModel().selectFirst();
        } else if (key.getCode() == KeyCode.DELETE && key.getTarget() == table) {
            key.consume();
            controller.remove();
        }
    }

    private void create() {
        controller.create();
        editor.focus();
    }

    private void back() {
        String id = model.unsaved().getFirst();
        if (id.isEmpty()) {
            create();
            return;
        }
        model.search().set("");
        model.shown().stream()
                .filter(row -> controller.section().shelf().idOf(row).equals(id))
                .findFirst()
                .ifPresent(controller::select);
    }

    private void draft(@Nullable Draft draft) {
        editor.show(draft);
        arrange();
        mark(draft);
        kept();
        if (draft == null && getScene() != null) {
            table.requestFocus();
        }
    }

    /// Edits that wait while another entry shows.
    private void kept() {
        Draft open = model.draft().get();
        JsonNode seen = open == null ? null : open.seen().get();
        String shown = open == null
                ? null
                : seen == null ? "" : controller.section().shelf().idOf(seen);
        long others = model.unsaved().stream().filter(id -> !id.equals(shown)).count();
        reveal(keptBar, others > 0);
        keptText.setText(Words.of("admin.kept", others));
    }

    private void mark(@Nullable Draft draft) {
        selecting = true;
        JsonNode seen = draft == null ? null : draft.seen().get();
        if (seen == null) {
            table.getSelectionModel().clearSelection();
        } else {
            String id = controller.section().shelf().idOf(seen);
            for (int i = 0; i < model.shown().size(); i++) {
                if (controller.section().shelf().idOf(model.shown().get(i)).equals(id)) {
                    table.getSelectionModel().select(i);
                }
            }
        }
        selecting = false;
    }

    private void arrange() {
        boolean open = model.draft().get() != null;
        boolean narrow = getWidth() > 0 && getWidth() < NARROW;
        table.narrow(open || narrow);
        editor.wide(narrow);
        // The box above names the section where there is no room to say it twice.
        reveal(title, getWidth() == 0 || getWidth() >= SMALL);
        reveal(faces, !open || !narrow);
    }

    private void face(SectionModel.Face face) {
        switch (face) {
            case SectionModel.Face.Loading _ -> faces.loading();
            case SectionModel.Face.Full _ -> {
                if (faces.face().get() != FourFaces.Face.FULL) {
                    faces.full();
                }
            }
            case SectionModel.Face.Empty _ ->
                faces.empty(
                        controller.section().icon(),
                        Words.bind(words + "empty"),
                        Words.bind(words + "empty.text"),
                        controller.section().can().add()
                                ? new FourFaces.WayOn(Words.bind(words + "new"), this::create)
                                : null);
            case SectionModel.Face.NoMatch _ ->
                faces.empty(
                        Feather.SEARCH,
                        Words.bind("admin.noMatch"),
                        Words.bind("admin.noMatch.text"),
                        new FourFaces.WayOn(Words.bind("admin.noMatch.all"), () -> model.search()
                                .set("")));
            case SectionModel.Face.Failed(var sentence) ->
                faces.error(
                        Words.bind("admin.failed"),
                        new javafx.beans.property.SimpleStringProperty(sentence),
                        new FourFaces.WayOn(Words.bind("admin.again"), controller::load));
        }
    }
}
