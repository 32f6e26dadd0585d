package dev.patchbay.desktop.admin;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.label;

import dev.patchbay.desktop.controls.Banner;
import dev.patchbay.desktop.controls.Card;
import dev.patchbay.desktop.controls.Columns;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.words.Words;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The import of users, one step at a time: a file, what would come of it, what came of it.
final class ImportView extends VBox {
    /// As an administrator may begin a file.
    private static final String SAMPLE = """
            name,email,roles,office,password
            Nina Brandt,nina@example.com,Agent,Cologne,
            Omar Haddad,omar@example.com,Agent;Manager,,
            """;

    private final ImportController controller;
    private final Files files;
    private final Runnable back;
    private final VBox place = new VBox();

    ImportView(ImportController controller, Files files, Runnable back) {
        super(14);
        this.controller = controller;
        this.files = files;
        this.back = back;
        Button leave = button(Words.bind("admin.import.back"), back);
        leave.setMinWidth(Region.USE_PREF_SIZE);
        HBox head = new HBox(10, label(Words.bind("admin.import.title"), "title"), Nodes.gap(), leave);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox.setVgrow(place, Priority.ALWAYS);
        getChildren().addAll(head, place);
        controller.step().subscribe(this::show);
        addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                key.consume();
                back.run();
            }
        });
    }

    private void show(ImportController.Step step) {
        Node node =
                switch (step) {
                    case ImportController.Step.Choosing choosing -> choosing(choosing.problem());
                    case ImportController.Step.Working working -> working(working.importing());
                    case ImportController.Step.Preview preview -> preview(preview);
                    case ImportController.Step.Done done -> done(done.result());
                };
        VBox.setVgrow(node, Priority.ALWAYS);
        place.getChildren().setAll(node);
    }

    private Node choosing(String problem) {
        TextArea sample = new TextArea(SAMPLE);
        sample.setEditable(false);
        sample.setPrefRowCount(4);
        sample.setMinHeight(Region.USE_PREF_SIZE);
        sample.accessibleTextProperty().bind(Words.bind("admin.import.sample"));
        Button choose = button(
                Words.bind("admin.import.choose"),
                () -> files.open(Words.of("admin.import.kind"), "*.csv").ifPresent(controller::choose),
                "primary");
        choose.setId("import-choose");
        Card card = new Card(
                wrapped("admin.import.text"),
                label(Words.bind("admin.import.sample"), "field-name"),
                sample,
                wrapped("admin.import.columns"),
                new HBox(
                        8,
                        choose,
                        button(
                                Words.bind("admin.import.copySample"),
                                () -> dev.patchbay.desktop.controls.Secret.copy(SAMPLE))));
        if (!problem.isEmpty()) {
            card.getChildren()
                    .addFirst(new Banner(
                            Tone.BAD, Words.bind("admin.import.refused"), new SimpleStringProperty(problem)));
        }
        VBox box = new VBox(card);
        card.setMaxWidth(720);
        return box;
    }

    private static Node working(boolean importing) {
        ProgressBar bar = new ProgressBar();
        bar.setPrefWidth(280);
        Label text = label(Words.bind(importing ? "admin.import.working" : "admin.import.checking"), "soft");
        VBox box = new VBox(10, bar, text);
        box.setAlignment(Pos.CENTER);
        return box;
    }

    private Node preview(ImportController.Step.Preview preview) {
        int good = preview.result().added();
        Button go = button(Words.bind("admin.import.go", good), () -> controller.go(preview), "primary");
        go.setId("import-go");
        Button other = button(Words.bind("admin.import.other"), () -> files.open(Words.of("admin.import.kind"), "*.csv")
                .ifPresent(controller::choose));
        Banner said = new Banner(
                preview.result().refused().isEmpty() ? Tone.GOOD : Tone.WARN,
                preview.result().refused().isEmpty()
                        ? Words.bind("admin.import.preview", preview.file(), good)
                        : Words.bind(
                                "admin.import.wrongLines",
                                preview.file(),
                                preview.result().refused().size()),
                Words.bind(preview.result().refused().isEmpty() ? "admin.import.fine" : "admin.import.some"));
        HBox ways = good == 0 ? new HBox(8, other) : new HBox(8, go, other);
        VBox box = new VBox(12, said, ways);
        if (!preview.result().refused().isEmpty()) {
            box.getChildren().add(1, table(preview.result()));
        }
        return box;
    }

    private Node done(ImportController.Result result) {
        Banner said = new Banner(
                Tone.GOOD, Words.bind("admin.import.done", result.added()), Words.bind("admin.import.done.text"));
        Button end = button(Words.bind("admin.import.back"), back, "primary");
        end.setId("import-end");
        VBox box = new VBox(12, said);
        if (!result.refused().isEmpty()) {
            box.getChildren().add(table(result));
        }
        box.getChildren().add(new HBox(end));
        return box;
    }

    private static Node table(ImportController.Result result) {
        TableView<ImportController.Line> table = new TableView<>();
        table.accessibleTextProperty().bind(Words.bind("admin.import.wrong"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        var line = Columns.<ImportController.Line, ImportController.Line>text(
                Words.bind("admin.import.line"),
                80,
                SimpleObjectProperty::new,
                each -> Integer.toString(each.number()),
                "number");
        line.setMaxWidth(100);
        table.getColumns().add(line);
        table.getColumns()
                .add(Columns.<ImportController.Line, ImportController.Line>text(
                        Words.bind("admin.import.wrong"),
                        500,
                        SimpleObjectProperty::new,
                        ImportController.Line::wrong));
        table.getItems().setAll(result.refused());
        VBox.setVgrow(table, Priority.ALWAYS);
        return table;
    }

    private static Label wrapped(String key) {
        Label label = label(Words.bind(key));
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
