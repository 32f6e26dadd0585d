package dev.patchbay.desktop.leads;

import static dev.patchbay.desktop.controls.Nodes.label;

import dev.patchbay.desktop.calls.CallWords;
import dev.patchbay.desktop.controls.Columns;
import dev.patchbay.desktop.controls.Pill;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Lead;
import dev.patchbay.model.UserId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The table of leads. Virtual, with rows of one height: 100,000 leads cost no more than the forty in view.
final class LeadTable extends TableView<LeadRow> {
    private static final double ROW = 36;

    private final LeadsController controller;
    private final LeadsModel model;
    private final UserId me;
    private final ChangeListener<@Nullable LeadRow> selected = (_, _, now) -> select(now);
    private final ListChangeListener<LeadRow> shown = _ -> reselect();
    private boolean selecting;

    LeadTable(LeadsController controller, UserId me) {
        this.controller = controller;
        this.model = controller.model();
        this.me = me;
        setFixedCellSize(ROW);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        accessibleTextProperty().bind(Words.bind("leads.table"));
        setPlaceholder(new Region());
        // The list is sorted where it is kept; sorting it here would touch every row.
        setSortPolicy(_ -> {
            sort(getSortOrder());
            return true;
        });
        getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            if (!selecting) {
                model.selectedProperty().set(now);
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        setOnMouseClicked(click -> {
            if (click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                open();
            }
        });
        tab(LeadList.Tab.TANK, false);
    }

    void onShow() {
        setItems(model.list().shown());
        model.selectedProperty().addListener(selected);
        model.list().shown().addListener(shown);
        select(model.selectedProperty().get());
    }

    void onHide() {
        model.selectedProperty().removeListener(selected);
        model.list().shown().removeListener(shown);
        selecting = true;
        setItems(javafx.collections.FXCollections.observableArrayList());
        selecting = false;
    }

    private void pressed(KeyEvent key) {
        LeadRow row = getSelectionModel().getSelectedItem();
        if (row == null || key.isShortcutDown() || key.isAltDown()) {
            return;
        }
        if (key.getCode() == KeyCode.ENTER) {
            key.consume();
            if (row.lead().ownerId() == null && !key.isShiftDown()) {
                controller.claim(row);
            } else {
                open();
            }
        } else if (key.getCode() == KeyCode.F2) {
            key.consume();
            open();
        } else if (key.getCode() == KeyCode.DELETE) {
            key.consume();
            controller.delete(row);
        }
    }

    private void open() {
        LeadRow row = getSelectionModel().getSelectedItem();
        if (row != null) {
            controller.open(row.lead());
        }
    }

    private void select(@Nullable LeadRow row) {
        if (row == null) {
            getSelectionModel().clearSelection();
        } else if (getSelectionModel().getSelectedItem() != row) {
            getSelectionModel().select(row);
            scrollTo(row);
        }
    }

    /// A list made new forgets the selection by index; the row is the same object still.
    private void reselect() {
        LeadRow row = model.selectedProperty().get();
        if (row != null && getSelectionModel().getSelectedItem() != row) {
            selecting = true;
            int at = getItems().indexOf(row);
            if (at >= 0) {
                getSelectionModel().clearAndSelect(at);
            } else {
                getSelectionModel().clearSelection();
            }
            selecting = false;
        }
    }

    private void sort(List<? extends TableColumn<LeadRow, ?>> by) {
        if (by.isEmpty() || !(by.getFirst().getUserData() instanceof Order order)) {
            model.list().sort(null);
        } else {
            Comparator<Lead> up = order.by();
            model.list().sort(by.getFirst().getSortType() == TableColumn.SortType.ASCENDING ? up : up.reversed());
        }
    }

    private record Order(Comparator<Lead> by) {}

    /// The columns of a tab.
    ///
    /// @param narrow with the form beside it: the ones that matter most
    void tab(LeadList.Tab tab, boolean narrow) {
        TableColumn<LeadRow, Lead> waiting = sorted(
                Columns.faces(Words.bind("leads.column.waiting"), 80, LeadRow::leadProperty, Age::new), NEWEST_LAST);
        TableColumn<LeadRow, Lead> name =
                text("leads.column.name", 180, lead -> CallWords.plain(lead.name()), "strong");
        TableColumn<LeadRow, Lead> reach = text("leads.column.reach", 180, this::reach, "soft");
        TableColumn<LeadRow, Lead> source = sorted(
                Columns.faces(Words.bind("leads.column.source"), 110, LeadRow::leadProperty, Source::new),
                Comparator.comparing(lead -> said(lead.source()), String.CASE_INSENSITIVE_ORDER));
        TableColumn<LeadRow, Lead> stage = sorted(
                Columns.faces(Words.bind("leads.column.stage"), 120, LeadRow::leadProperty, Stage::new),
                Comparator.comparing(Lead::stage));
        TableColumn<LeadRow, Lead> tags =
                text("leads.column.tags", 150, lead -> String.join(", ", lead.tags()), "soft");
        TableColumn<LeadRow, Lead> owner = text("leads.column.owner", 130, lead -> said(lead.ownerName()), "soft");
        TableColumn<LeadRow, Lead> doing = action();
        getSortOrder().clear();
        getColumns()
                .setAll(
                        narrow
                                ? List.of(tab == LeadList.Tab.MINE ? stage : waiting, name, reach, doing)
                                : switch (tab) {
                                    case TANK -> List.of(waiting, name, reach, source, tags, doing);
                                    case MINE -> List.of(name, reach, stage, source, tags, doing);
                                    case ALL -> List.of(waiting, name, reach, stage, owner, doing);
                                });
    }

    private static final Comparator<Lead> NEWEST_LAST =
            Comparator.comparing(Lead::createdAt).reversed();

    private String reach(Lead lead) {
        String phone = lead.phone();
        return phone != null ? CallWords.phone(phone, controller.region()) : said(lead.email());
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : CallWords.plain(text);
    }

    private static TableColumn<LeadRow, Lead> text(
            String key, double width, Function<Lead, String> text, String... styles) {
        return sorted(
                Columns.text(Words.bind(key), width, row -> (ObservableValue<Lead>) row.leadProperty(), text, styles),
                Comparator.comparing(text, String.CASE_INSENSITIVE_ORDER));
    }

    private static TableColumn<LeadRow, Lead> sorted(TableColumn<LeadRow, Lead> column, Comparator<Lead> by) {
        column.setUserData(new Order(by));
        return column;
    }

    private TableColumn<LeadRow, Lead> action() {
        TableColumn<LeadRow, Lead> column = new TableColumn<>();
        column.setPrefWidth(110);
        column.setMinWidth(96);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(row -> row.getValue().leadProperty());
        column.setCellFactory(_ -> new ActionCell());
        column.getStyleClass().add("action-column");
        return column;
    }

    /// Claim, release, or who has it.
    private final class ActionCell extends TableCell<LeadRow, Lead> {
        private final Button button = new Button();

        ActionCell() {
            getStyleClass().add("action-cell");
            button.getStyleClass().add("row-action");
            button.setFocusTraversable(false);
            button.setOnAction(_ -> act());
            button.setMinWidth(Region.USE_PREF_SIZE);
            setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        }

        @Override
        protected void updateItem(@Nullable Lead lead, boolean empty) {
            super.updateItem(lead, empty);
            boolean free = lead != null && lead.ownerId() == null;
            boolean mine = lead != null && me.equals(lead.ownerId());
            if (empty || lead == null || (!free && !mine)) {
                setGraphic(null);
                return;
            }
            button.setText(Words.of(free ? "leads.claim" : "leads.release"));
            button.setAccessibleText(Words.of(free ? "leads.claim.named" : "leads.release.named", lead.name()));
            setGraphic(button);
        }

        private void act() {
            TableView<LeadRow> table = getTableView();
            LeadRow row = table == null || getIndex() >= table.getItems().size()
                    ? null
                    : table.getItems().get(getIndex());
            if (row != null) {
                if (row.lead().ownerId() == null) {
                    controller.claim(row);
                } else {
                    controller.release(row);
                }
            }
        }
    }

    private static final class Age implements Columns.Face<Lead> {
        private final AgeLabel age = new AgeLabel();

        @Override
        public Node node() {
            return age;
        }

        @Override
        public void show(Lead lead) {
            age.since(lead.createdAt());
        }
    }

    private static final class Source implements Columns.Face<Lead> {
        private final Pill pill = new Pill("", Tone.NEUTRAL);
        private final HBox node = new HBox();

        Source() {
            node.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            pill.setMinWidth(0);
        }

        @Override
        public Node node() {
            return node;
        }

        @Override
        public void show(Lead lead) {
            String source = lead.source();
            if (source == null || source.isBlank()) {
                node.getChildren().clear();
            } else {
                pill.setText(
                        Words.has("leads.source." + source)
                                ? Words.of("leads.source." + source)
                                : CallWords.plain(source));
                node.getChildren().setAll(pill);
            }
        }
    }

    private static final class Stage implements Columns.Face<Lead> {
        private final Label stage = label("");

        @Override
        public Node node() {
            return stage;
        }

        @Override
        public void show(Lead lead) {
            stage.setText(CallWords.stage(lead.stage()));
        }
    }
}
