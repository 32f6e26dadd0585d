package dev.patchbay.desktop.admin;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.iconButton;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import dev.patchbay.desktop.controls.Banner;
import dev.patchbay.desktop.controls.Columns;
import dev.patchbay.desktop.controls.FourFaces;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.words.Words;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Who did what and when: filters above, the rows, what was kept with a row beside them.
final class AuditView extends VBox implements Part {
    private static final double DETAIL = 290;
    private static final double NARROW = 640;
    private static final double TIME = 150;
    private static final Choice ANYBODY = new Choice("", Words.bind("admin.audit.anybody"));

    private final AuditController controller;
    private final TableView<AuditRow> table = new TableView<>();
    private final FourFaces faces;
    private final VBox detail = new VBox(12);
    private final VBox told = new VBox(8);
    private final TextField text = new TextField();
    private final TextField action = new TextField();
    private final ComboBox<Choice> person = new ComboBox<>();
    private final DatePicker from = new DatePicker();
    private final DatePicker to = new DatePicker();
    private final PauseTransition typed = new PauseTransition(Duration.millis(250));

    AuditView(AuditController controller, Files files, News news) {
        super(14);
        this.controller = controller;
        Button verify = button(Words.bind("admin.audit.verify"), controller::verify);
        verify.setId("verify");
        Button export = button(
                Words.bind("admin.audit.export"), () -> files.save(Words.of("admin.import.kind"), "*.csv", "audit.csv")
                        .ifPresent(file -> controller.export(file, news)));
        export.setId("export");
        HBox head = new HBox(
                10,
                label(Words.bind("admin.audit.title"), "title"),
                Nodes.gap(),
                iconButton(Feather.REFRESH_CW, Words.bind("admin.reload"), controller::load),
                verify,
                export);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getChildren().forEach(node -> {
            if (node instanceof Region region
                    && !(node.equals(head.getChildren().get(1)))) {
                region.setMinWidth(Region.USE_PREF_SIZE);
            }
        });
        columns();
        Button older = button(Words.bind("admin.audit.older"), controller::older);
        older.visibleProperty().bind(controller.more());
        older.managedProperty().bind(controller.more());
        VBox list = new VBox(8, table, older);
        VBox.setVgrow(table, Priority.ALWAYS);
        faces = new FourFaces(list);
        detail.getStyleClass().addAll("side", "card");
        detail.setMinWidth(DETAIL);
        detail.setPrefWidth(DETAIL);
        detail.setMaxWidth(DETAIL);
        reveal(detail, false);
        HBox body = new HBox(16, faces, detail);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(head, filters(), told, body);
        setMinWidth(0);
        HBox.setHgrow(this, Priority.ALWAYS);
        follow();
        addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ESCAPE && detail.isVisible()) {
                key.consume();
                table.getSelectionModel().clearSelection();
                table.requestFocus();
            } else if (key.getCode() == KeyCode.F5) {
                key.consume();
                controller.load();
            }
        });
    }

    private void columns() {
        table.setItems(controller.rows());
        table.setFixedCellSize(36);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.accessibleTextProperty().bind(Words.bind("admin.audit.title"));
        column("at", 128, AuditRow::shortly, "soft", "number");
        column("actor", 120, AuditRow::who, "medium");
        column("action", 170, AuditRow::action);
        column("subject", 180, AuditRow::subject, "soft");
    }

    private void column(String field, double width, Function<AuditRow, String> value, String... styles) {
        var made = Columns.<AuditRow, AuditRow>text(
                Words.bind("admin.audit." + field), width, SimpleObjectProperty::new, value, styles);
        made.setSortable(false);
        if (field.equals("at")) {
            // Half a time is none.
            made.setMinWidth(TIME);
        }
        table.getColumns().add(made);
    }

    private Node filters() {
        named(text, "admin.audit.search", 140);
        text.setId("audit-text");
        named(action, "admin.audit.action", 110);
        action.setId("audit-action");
        person.getItems().setAll(ANYBODY);
        person.setValue(ANYBODY);
        person.setId("audit-person");
        person.setPrefWidth(140);
        person.accessibleTextProperty().bind(Words.bind("admin.audit.actor"));
        for (DatePicker day : new DatePicker[] {from, to}) {
            day.setPrefWidth(122);
        }
        from.promptTextProperty().bind(Words.bind("admin.audit.from"));
        from.accessibleTextProperty().bind(Words.bind("admin.audit.from"));
        to.promptTextProperty().bind(Words.bind("admin.audit.to"));
        to.accessibleTextProperty().bind(Words.bind("admin.audit.to"));
        FlowPane row = new FlowPane(8, 8, text, person, action, from, to);
        row.setMinHeight(Region.USE_PREF_SIZE);
        return row;
    }

    private static void named(TextField field, String words, double width) {
        field.promptTextProperty().bind(Words.bind(words));
        field.accessibleTextProperty().bind(Words.bind(words));
        field.setPrefWidth(width);
    }

    private void follow() {
        typed.setOnFinished(_ -> search());
        text.textProperty().subscribe((_, _) -> typed.playFromStart());
        action.textProperty().subscribe((_, _) -> typed.playFromStart());
        person.valueProperty().subscribe((_, _) -> search());
        from.valueProperty().subscribe((_, _) -> search());
        to.valueProperty().subscribe((_, _) -> search());
        controller.people().addListener((ListChangeListener<Choice>) _ -> {
            person.getItems().setAll(ANYBODY);
            person.getItems().addAll(controller.people());
        });
        controller.face().subscribe(this::face);
        controller.checked().subscribe(_ -> told());
        controller.export().subscribe(_ -> told());
        table.getSelectionModel().selectedItemProperty().subscribe(this::show);
        widthProperty().subscribe(_ -> arrange());
        Words.language().subscribe(_ -> {
            table.refresh();
            told();
        });
    }

    private void search() {
        Choice who = person.getValue();
        AuditController.Filter wanted = new AuditController.Filter(
                text.getText(), who == null ? "" : who.value(), action.getText(), from.getValue(), to.getValue());
        if (!wanted.equals(controller.filter().get())) {
            controller.filter().set(wanted);
            table.getSelectionModel().clearSelection();
            controller.load();
        }
    }

    @Override
    public Node node() {
        return this;
    }

    @Override
    public void onShow() {
        controller.load();
    }

    private void arrange() {
        boolean narrow = getWidth() > 0 && getWidth() < NARROW;
        boolean open = detail.isVisible();
        reveal(faces, !open || !narrow);
        detail.setMaxWidth(narrow ? Double.MAX_VALUE : DETAIL);
        HBox.setHgrow(detail, narrow ? Priority.ALWAYS : Priority.NEVER);
        table.getColumns().getLast().setVisible(!open && !narrow);
    }

    private void show(@Nullable AuditRow row) {
        detail.getChildren().clear();
        reveal(detail, row != null);
        arrange();
        if (row == null) {
            return;
        }
        Label title = label(row.action(), "caller-name");
        title.setWrapText(true);
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox head = new HBox(8, title, iconButton(Feather.X, Words.bind("admin.close"), () -> table.getSelectionModel()
                .clearSelection()));
        VBox all = new VBox(10);
        all.getChildren().add(pair("admin.audit.actor", row.who()));
        all.getChildren().add(pair("admin.audit.at", row.at()));
        all.getChildren()
                .add(pair("admin.audit.subject", row.row().path("subject").asText("")));
        all.getChildren().add(pair("admin.audit.address", row.address()));
        if (!row.details().isEmpty()) {
            all.getChildren().add(label(Words.bind("admin.audit.detail"), "section"));
            row.details().forEach(each -> all.getChildren()
                    .add(pair(new SimpleStringProperty(row.field(each.getKey())), each.getValue())));
        }
        ScrollPane scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        detail.getChildren().addAll(head, scroll);
    }

    private static Node pair(String key, String value) {
        return pair(Words.bind(key), value);
    }

    private static Node pair(javafx.beans.value.ObservableValue<String> name, String value) {
        Label said = label(value);
        said.setWrapText(true);
        said.setMinHeight(Region.USE_PREF_SIZE);
        VBox box = new VBox(1, label(name, "tiny", "soft"), said);
        reveal(box, !value.isBlank());
        return box;
    }

    /// The verification's result and the export's progress.
    private void told() {
        told.getChildren().clear();
        AuditController.Check check = controller.checked().get();
        if (check != null) {
            Banner banner = check.working()
                    ? new Banner(Tone.NEUTRAL, Words.bind("admin.audit.verifying"), none())
                    : !check.failure().isEmpty()
                            ? new Banner(
                                    Tone.BAD,
                                    Words.bind("admin.audit.verify.failed"),
                                    new SimpleStringProperty(check.failure()))
                            : check.ok()
                                    ? new Banner(
                                            Tone.GOOD,
                                            Words.bind("admin.audit.verified", check.rows()),
                                            Words.bind("admin.audit.verified.text"))
                                    : new Banner(
                                            Tone.BAD,
                                            Words.bind(
                                                    "admin.audit.broken",
                                                    check.firstBad() == null ? "?" : check.firstBad()),
                                            Words.bind("admin.audit.broken.text"));
            if (!check.working()) {
                banner.with(
                        Words.bind("common.close"), () -> controller.checked().set(null));
            }
            told.getChildren().add(banner);
        }
        AuditController.Export export = controller.export().get();
        if (export != null) {
            told.getChildren()
                    .add(new Banner(Tone.NEUTRAL, Words.bind("admin.audit.exporting", export.done()), none())
                            .with(Words.bind("admin.cancel"), () -> export.stop()
                                    .set(true)));
        }
        reveal(told, !told.getChildren().isEmpty());
    }

    private static SimpleStringProperty none() {
        return new SimpleStringProperty("");
    }

    private void face(SectionModel.Face face) {
        switch (face) {
            case SectionModel.Face.Loading _ -> faces.loading();
            case SectionModel.Face.Full _ -> faces.full();
            case SectionModel.Face.Empty _ ->
                faces.empty(
                        Feather.BOOK_OPEN, Words.bind("admin.audit.empty"), Words.bind("admin.audit.empty.text"), null);
            case SectionModel.Face.NoMatch _ ->
                faces.empty(
                        Feather.SEARCH,
                        Words.bind("admin.noMatch"),
                        Words.bind("admin.noMatch.text"),
                        new FourFaces.WayOn(Words.bind("admin.noMatch.all"), this::all));
            case SectionModel.Face.Failed(var sentence) ->
                faces.error(
                        Words.bind("admin.failed"),
                        new SimpleStringProperty(sentence),
                        new FourFaces.WayOn(Words.bind("admin.again"), controller::load));
        }
    }

    private void all() {
        text.clear();
        action.clear();
        person.setValue(ANYBODY);
        from.setValue(null);
        to.setValue(null);
        search();
    }
}
