package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.controls.Avatar;
import dev.patchbay.desktop.controls.Columns;
import dev.patchbay.desktop.controls.Pill;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;

/// A section's entries as a table, its columns made from their descriptions.
final class SectionTable extends TableView<JsonNode> {
    private static final double ROW = 36;

    private final SectionController controller;
    private final List<TableColumn<JsonNode, JsonNode>> extra = new ArrayList<>();

    SectionTable(SectionController controller) {
        this.controller = controller;
        setItems(controller.model().shown());
        setFixedCellSize(ROW);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        accessibleTextProperty().bind(Words.bind(controller.section().words() + "title"));
        setPlaceholder(new Label());
        for (Column column : controller.section().columns()) {
            TableColumn<JsonNode, JsonNode> made = made(column);
            getColumns().add(made);
            if (!column.always()) {
                extra.add(made);
            }
        }
    }

    /// @param beside only the columns that fit beside an open editor
    void narrow(boolean beside) {
        extra.forEach(column -> column.setVisible(!beside));
    }

    private TableColumn<JsonNode, JsonNode> made(Column column) {
        String words = controller.section().words() + column.field();
        TableColumn<JsonNode, JsonNode> made =
                switch (column.look()) {
                    case PLAIN -> text(column, words, "soft");
                    case STRONG -> text(column, words, "medium");
                    case PERSON ->
                        Columns.faces(Words.bind(words), column.width(), SimpleObjectProperty::new, Person::new);
                    case PILLS ->
                        Columns.faces(
                                Words.bind(words),
                                column.width(),
                                SimpleObjectProperty::new,
                                () -> new Pills(column.field()));
                    case ACTIVE ->
                        Columns.faces(Words.bind(words), column.width(), SimpleObjectProperty::new, Active::new);
                    case SECONDS, YES_NO, TIME, SIZE -> text(column, words, "soft", "number");
                };
        made.setComparator(Comparator.comparing(row -> text(column, row), String.CASE_INSENSITIVE_ORDER));
        if (column.look() == Column.Look.SECONDS || column.look() == Column.Look.SIZE) {
            made.setComparator(Comparator.comparing(row -> {
                JsonNode value = row.path(column.field());
                return value.isArray() ? value.size() : value.asInt(Integer.MAX_VALUE);
            }));
        }
        return made;
    }

    private TableColumn<JsonNode, JsonNode> text(Column column, String words, String... styles) {
        return Columns.text(
                Words.bind(words), column.width(), SimpleObjectProperty::new, row -> text(column, row), styles);
    }

    private String text(Column column, JsonNode row) {
        JsonNode value = row.path(column.field());
        return switch (column.look()) {
            case PLAIN, STRONG, PERSON, PILLS, ACTIVE -> controller.words(column.field(), value);
            case SECONDS ->
                value.isNumber()
                        ? value.asInt() == 0 ? Words.of("admin.seconds.none") : Words.of("admin.seconds", value.asInt())
                        : Words.of("admin.seconds.open");
            case YES_NO -> Words.of(value.asBoolean() ? "common.yes" : "common.no");
            case TIME -> value.isTextual() ? Said.when(value.asText()) : Words.of("admin.forEver");
            case SIZE -> Words.of("admin.size", value.size());
        };
    }

    /// A name with its initials.
    private static final class Person implements Columns.Face<JsonNode> {
        private final Avatar avatar = new Avatar(24);
        private final Label name = new Label();
        private final HBox box = new HBox(10, avatar, name);

        Person() {
            box.setAlignment(Pos.CENTER_LEFT);
            name.getStyleClass().add("medium");
        }

        @Override
        public Node node() {
            return box;
        }

        @Override
        public void show(JsonNode row) {
            avatar.name().set(row.path("name").asText());
            name.setText(row.path("name").asText());
            box.setOpacity(row.path("active").asBoolean(true) ? 1 : 0.6);
        }
    }

    /// As many as fit; the rest is counted.
    private final class Pills implements Columns.Face<JsonNode> {
        private final String field;
        private final HBox box = new HBox(4);

        Pills(String field) {
            this.field = field;
            box.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        public Node node() {
            return box;
        }

        @Override
        public void show(JsonNode row) {
            box.getChildren().clear();
            List<String> all = new ArrayList<>();
            row.path(field).forEach(each -> all.add(controller.words(field, each)));
            all.sort(String.CASE_INSENSITIVE_ORDER);
            int shown = all.size() <= 3 ? all.size() : 2;
            all.stream().limit(shown).forEach(each -> box.getChildren().add(new Pill(each, Tone.NEUTRAL)));
            if (all.size() > shown) {
                box.getChildren().add(new Pill("+" + (all.size() - shown), Tone.NEUTRAL));
            }
        }
    }

    private static final class Active implements Columns.Face<JsonNode> {
        private final Pill pill = new Pill("", Tone.GOOD);

        @Override
        public Node node() {
            return pill;
        }

        @Override
        public void show(JsonNode row) {
            boolean active = row.path("active").asBoolean();
            pill.setText(Words.of(active ? "admin.active" : "admin.inactive"));
            pill.tone(active ? Tone.GOOD : Tone.NEUTRAL);
        }
    }
}
