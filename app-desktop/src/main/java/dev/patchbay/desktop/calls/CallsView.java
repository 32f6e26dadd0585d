package dev.patchbay.desktop.calls;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import dev.patchbay.desktop.controls.ClockLabel;
import dev.patchbay.desktop.controls.Columns;
import dev.patchbay.desktop.controls.FourFaces;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.controls.Pill;
import dev.patchbay.desktop.controls.Segmented;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Lays the calls screen out: tabs, one table, the opened call beside it.
final class CallsView extends VBox {
    private static final double ROW = 40;

    /// Below this a call does not fit beside the list.
    private static final double NARROW = 720;

    private final CallsController controller;
    private final CallsModel model;
    private final String region;
    private final Segmented<CallsModel.Tab> tabs = new Segmented<>(CallsModel.Tab.WAITING);
    private final TextField search = new TextField();
    private final TableView<Call> table = new TableView<>();
    private final FourFaces faces;
    private final Button more;
    private final CallDetailsView details;
    private final List<Runnable> unbind = new ArrayList<>();
    private final IntegerProperty waitingCount;
    private final IntegerProperty activeCount;
    private boolean selecting;
    private boolean narrow;

    CallsView(CallsController controller, String region) {
        super(16);
        this.controller = controller;
        this.model = controller.model();
        this.region = region;
        getStyleClass().addAll("screen", "calls");
        waitingCount = tabs.add(CallsModel.Tab.WAITING, Words.bind("calls.tab.waiting"));
        activeCount = tabs.add(CallsModel.Tab.ACTIVE, Words.bind("calls.tab.active"));
        tabs.add(CallsModel.Tab.HISTORY, Words.bind("calls.tab.history"));
        tabs.add(CallsModel.Tab.MISSED, Words.bind("calls.tab.missed"));
        search.promptTextProperty().bind(Words.bind("calls.search"));
        search.accessibleTextProperty().bind(Words.bind("calls.search"));
        search.setPrefWidth(240);
        Label title = label(Words.bind("calls.title"), "title");
        title.setMinWidth(Label.USE_PREF_SIZE);
        search.setMinWidth(120);
        HBox head = new HBox(16, title, tabs, Nodes.gap(), search);
        head.setAlignment(Pos.CENTER_LEFT);
        table.setFixedCellSize(ROW);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.accessibleTextProperty().bind(Words.bind("calls.table"));
        table.setPlaceholder(new javafx.scene.layout.Region());
        more = button(Words.bind("calls.more"), controller::loadMore);
        VBox full = new VBox(12, table, more);
        full.setAlignment(Pos.CENTER);
        VBox.setVgrow(table, Priority.ALWAYS);
        faces = new FourFaces(full);
        details = new CallDetailsView(controller, region);
        HBox body = new HBox(16, faces, details);
        HBox.setHgrow(faces, Priority.ALWAYS);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(head, body);
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    void onShow() {
        controller.onShow();
        follow(tabs.chosen(), now -> {
            controller.show(now);
            tab(now);
        });
        follow(search.textProperty(), controller::search);
        follow(Words.language(), _ -> tab(tabs.chosen().get()));
        follow(table.getSelectionModel().selectedItemProperty(), now -> {
            if (!selecting && now != null) {
                controller.select(now);
            }
        });
        follow(model.liveFaceProperty(), _ -> face());
        follow(model.pastFaceProperty(), _ -> face());
        follow(model.moreProperty(), _ -> face());
        watch(model.waiting());
        watch(model.active());
        watch(model.past());
        follow(model.tabProperty(), tabs::choose);
        follow(model.selectedProperty(), now -> {
            narrow(now != null);
            arrange();
        });
        follow(widthProperty(), _ -> arrange());
        details.onShow();
        tabs.choose(model.tabProperty().get());
        narrow = model.selectedProperty().get() != null;
        tab(tabs.chosen().get());
        arrange();
    }

    void onHide() {
        controller.onHide();
        details.onHide();
        unbind.forEach(Runnable::run);
        unbind.clear();
        table.setItems(javafx.collections.FXCollections.observableArrayList());
    }

    private <T> void follow(ObservableValue<T> value, java.util.function.Consumer<T> to) {
        ChangeListener<T> listener = (_, _, now) -> to.accept(now);
        value.addListener(listener);
        unbind.add(() -> value.removeListener(listener));
    }

    private void watch(ObservableList<Call> list) {
        InvalidationListener listener = _ -> face();
        list.addListener(listener);
        unbind.add(() -> list.removeListener(listener));
    }

    private void pressed(KeyEvent key) {
        Call call = table.getSelectionModel().getSelectedItem();
        if (call == null || key.isShortcutDown()) {
            return;
        }
        if (key.getCode() == KeyCode.ENTER) {
            key.consume();
            if (!CallsController.missed(call) || !controller.callBack(call)) {
                details.focus();
            }
        } else if (key.getCode() == KeyCode.ESCAPE) {
            key.consume();
            table.getSelectionModel().clearSelection();
            controller.select(null);
        }
    }

    /// With a call open beside it, the table shows the columns that matter most.
    private void narrow(boolean now) {
        if (narrow != now) {
            narrow = now;
            table.getColumns().setAll(columns(tabs.chosen().get()));
        }
    }

    /// In a narrow window an opened call takes the list's place until it is closed.
    private void arrange() {
        boolean alone = getWidth() > 0 && getWidth() < NARROW;
        reveal(faces, !(alone && model.selectedProperty().get() != null));
        details.wide(alone);
    }

    private void tab(CallsModel.Tab tab) {
        boolean past = tab == CallsModel.Tab.HISTORY || tab == CallsModel.Tab.MISSED;
        reveal(search, past);
        table.getColumns().setAll(columns(tab));
        selecting = true;
        table.setItems(
                switch (tab) {
                    case WAITING -> model.waiting();
                    case ACTIVE -> model.active();
                    case HISTORY, MISSED -> model.past();
                });
        selecting = false;
        face();
    }

    private void face() {
        waitingCount.set(model.waiting().size());
        activeCount.set(model.active().size());
        CallsModel.Tab tab = tabs.chosen().get();
        boolean past = tab == CallsModel.Tab.HISTORY || tab == CallsModel.Tab.MISSED;
        CallsModel.Face face =
                past ? model.pastFaceProperty().get() : model.liveFaceProperty().get();
        reveal(more, past && model.moreProperty().get());
        switch (face) {
            case LOADING -> faces.loading();
            case FAILED ->
                faces.error(
                        Words.bind("calls.error.title"),
                        Words.bind("calls.error.text"),
                        past ? new FourFaces.WayOn(Words.bind("calls.error.again"), controller::load) : null);
            case FULL -> {
                if (!table.getItems().isEmpty()) {
                    faces.full();
                } else {
                    empty(tab);
                }
            }
        }
    }

    private void empty(CallsModel.Tab tab) {
        if (!model.queryProperty().get().isBlank() && (tab == CallsModel.Tab.HISTORY || tab == CallsModel.Tab.MISSED)) {
            faces.empty(
                    Feather.SEARCH,
                    Words.bind("calls.empty.search.title"),
                    Words.bind("calls.empty.search.text"),
                    new FourFaces.WayOn(Words.bind("calls.empty.search.clear"), search::clear));
            return;
        }
        switch (tab) {
            case WAITING ->
                faces.empty(
                        Feather.COFFEE,
                        Words.bind("calls.empty.waiting.title"),
                        Words.bind("calls.empty.waiting.text", controller.callPage()),
                        new FourFaces.WayOn(Words.bind("calls.empty.waiting.copy"), controller::copyCallPage));
            case ACTIVE ->
                faces.empty(
                        Feather.PHONE,
                        Words.bind("calls.empty.active.title"),
                        Words.bind("calls.empty.active.text"),
                        null);
            case HISTORY ->
                faces.empty(
                        Feather.CLOCK,
                        Words.bind("calls.empty.history.title"),
                        Words.bind("calls.empty.history.text"),
                        null);
            case MISSED ->
                faces.empty(
                        Feather.CHECK_CIRCLE,
                        Words.bind("calls.empty.missed.title"),
                        Words.bind("calls.empty.missed.text"),
                        null);
        }
    }

    private List<TableColumn<Call, ?>> columns(CallsModel.Tab tab) {
        if (narrow) {
            return switch (tab) {
                case WAITING, ACTIVE -> List.of(clock("calls.column.since"), name(), status());
                case HISTORY ->
                    List.of(
                            text("calls.column.when", 130, call -> CallWords.when(call.createdAt()), "number"),
                            name(),
                            status());
                case MISSED ->
                    List.of(
                            text("calls.column.when", 130, call -> CallWords.when(call.createdAt()), "number"),
                            name(),
                            text("calls.column.rang", 90, call -> CallWords.lasted(CallWords.rang(call)), "number"));
            };
        }
        return switch (tab) {
            case WAITING ->
                List.of(
                        clock("calls.column.waiting"),
                        name(),
                        text("calls.column.queue", 150, call -> said(call.queueName())),
                        text("calls.column.topic", 190, call -> said(call.topic())),
                        status());
            case ACTIVE ->
                List.of(
                        clock("calls.column.since"),
                        name(),
                        text("calls.column.queue", 150, call -> said(call.queueName())),
                        text("calls.column.agent", 160, call -> said(call.agentName())),
                        status());
            case HISTORY ->
                List.of(
                        text("calls.column.when", 130, call -> CallWords.when(call.createdAt()), "number"),
                        name(),
                        text("calls.column.phone", 150, this::phone, "number"),
                        text("calls.column.agent", 140, call -> said(call.agentName())),
                        text("calls.column.length", 80, CallsView::length, "number"),
                        status());
            case MISSED ->
                List.of(
                        text("calls.column.when", 130, call -> CallWords.when(call.createdAt()), "number"),
                        name(),
                        text("calls.column.phone", 150, this::phone, "number"),
                        text("calls.column.rang", 90, call -> CallWords.lasted(CallWords.rang(call)), "number"),
                        text("calls.column.reason", 220, CallWords::ended));
        };
    }

    private static TableColumn<Call, Call> text(
            String key, double width, Function<Call, String> text, String... styles) {
        return Columns.text(Words.bind(key), width, SimpleObjectProperty::new, text, styles);
    }

    private static TableColumn<Call, Call> clock(String key) {
        return Columns.faces(Words.bind(key), 90, SimpleObjectProperty::new, Since::new);
    }

    private static TableColumn<Call, Call> name() {
        return Columns.faces(Words.bind("calls.column.name"), 220, SimpleObjectProperty::new, Named::new);
    }

    private static TableColumn<Call, Call> status() {
        return Columns.faces(Words.bind("calls.column.status"), 140, SimpleObjectProperty::new, Status::new);
    }

    private String phone(Call call) {
        String phone = call.caller().phone();
        return phone == null ? Words.of("calls.phone.none") : CallWords.phone(phone, region);
    }

    private static String length(Call call) {
        Duration talked = CallWords.talked(call);
        return talked == null ? "–" : CallWords.lasted(talked);
    }

    private static String said(@Nullable String text) {
        return text == null || text.isBlank() ? "–" : CallWords.plain(text);
    }

    /// How long it waits or lasts.
    private static final class Since implements Columns.Face<Call> {
        private final ClockLabel clock = ClockLabel.since();

        @Override
        public Node node() {
            return clock;
        }

        @Override
        public void show(Call call) {
            boolean waits = CallsController.waits(call);
            clock.from()
                    .set(waits ? call.createdAt() : Objects.requireNonNullElse(call.answeredAt(), call.createdAt()));
        }
    }

    /// The caller, with the sort of call before it.
    private static final class Named implements Columns.Face<Call> {
        private final Label name = label("", "strong");
        private final HBox node = new HBox(8);

        Named() {
            node.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        public Node node() {
            return node;
        }

        @Override
        public void show(Call call) {
            name.setText(CallWords.name(call));
            node.getChildren().setAll(CallWords.icon(call), name);
        }
    }

    /// The status as a word on its colour.
    static final class Status implements Columns.Face<Call> {
        private final Pill pill = new Pill("", Tone.NEUTRAL);

        @Override
        public Node node() {
            return pill;
        }

        @Override
        public void show(Call call) {
            pill.setText(CallWords.status(call.status()));
            pill.tone(tone(call.status()));
        }
    }

    static Tone tone(CallStatus status) {
        return switch (status) {
            case QUEUED -> Tone.NEUTRAL;
            case RINGING -> Tone.WARN;
            case ACTIVE -> Tone.CALL;
            case HELD -> Tone.WARN;
            case WRAP_UP -> Tone.WRAP_UP;
            case CLOSED -> Tone.GOOD;
            case ABANDONED, MISSED, FAILED -> Tone.BAD;
        };
    }
}
