package dev.patchbay.desktop.leads;

import static dev.patchbay.desktop.controls.Nodes.button;
import static dev.patchbay.desktop.controls.Nodes.iconButton;
import static dev.patchbay.desktop.controls.Nodes.label;
import static dev.patchbay.desktop.controls.Nodes.reveal;

import dev.patchbay.desktop.controls.FourFaces;
import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.controls.Nodes;
import dev.patchbay.desktop.controls.Segmented;
import dev.patchbay.desktop.controls.Toasts;
import dev.patchbay.desktop.controls.Tone;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.InvalidationListener;
import javafx.beans.property.IntegerProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

/// Lays the leads screen out: tabs and search, bars for what waits, the table, the form beside it.
final class LeadsView extends VBox {
    /// As long as a toast stays: then a deletion is for good.
    private static final Duration UNDO = Duration.seconds(8);

    /// Below this the head and the form do not fit beside anything.
    private static final double NARROW = 780;

    private final LeadsController controller;
    private final LeadsModel model;
    private final Toasts toasts;
    private final Segmented<LeadList.Tab> tabs = new Segmented<>(LeadList.Tab.TANK);
    private final TextField search = new TextField();
    private final LeadTable table;
    private final FourFaces faces;
    private final LeadFormView form;
    private final VBox head = new VBox(12);
    private final Label title = label(Words.bind("leads.title"), "title");
    private final Button create;
    private final Button claim;
    private final HBox popBar = new HBox(10);
    private final Label popText = label("", "strong");
    private final Button popShow;
    private final HBox stashBar = new HBox(10);
    private final Label stashText = label("");
    private boolean stacked;
    private final List<Runnable> unbind = new ArrayList<>();
    private final IntegerProperty tank;
    private final IntegerProperty mine;
    private final IntegerProperty all;

    LeadsView(LeadsController controller, UserId me, Toasts toasts) {
        super(16);
        this.controller = controller;
        this.model = controller.model();
        this.toasts = toasts;
        getStyleClass().addAll("screen", "leads");
        tank = tabs.add(LeadList.Tab.TANK, Words.bind("leads.tab.tank"));
        mine = tabs.add(LeadList.Tab.MINE, Words.bind("leads.tab.mine"));
        all = tabs.add(LeadList.Tab.ALL, Words.bind("leads.tab.all"));
        search.promptTextProperty().bind(Words.bind("leads.search"));
        search.accessibleTextProperty().bind(Words.bind("leads.search"));
        search.setPrefWidth(200);
        search.setMinWidth(120);
        claim = button(Words.bind("leads.claimNext"), controller::claimNext, "primary");
        create = button(Words.bind("leads.new"), this::create);
        for (Button each : new Button[] {claim, create}) {
            each.setMinWidth(Region.USE_PREF_SIZE);
        }
        title.setMinWidth(Region.USE_PREF_SIZE);
        head.getChildren().add(line(title, tabs, Nodes.gap(), search, create, claim));
        popShow = button(Words.bind("leads.pop.show"), this::showPop, "primary");
        popShow.setMinWidth(Region.USE_PREF_SIZE);
        bar(popBar, "tone-call", Feather.PHONE_INCOMING, popText, popShow);
        popBar.getChildren().add(iconButton(Feather.X, Words.bind("leads.pop.later"), controller::dismissPop));
        Button back = button(Words.bind("leads.stash.back"), controller::unstash);
        back.setMinWidth(Region.USE_PREF_SIZE);
        bar(stashBar, "tone-neutral", Feather.EDIT_3, stashText, back);
        table = new LeadTable(controller, me);
        faces = new FourFaces(table);
        form = new LeadFormView(controller);
        HBox body = new HBox(16, faces, form);
        VBox.setVgrow(body, Priority.ALWAYS);
        HBox.setHgrow(faces, Priority.ALWAYS);
        getChildren().addAll(head, popBar, stashBar, body);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private static void bar(HBox bar, String tone, Feather icon, Label text, Button way) {
        bar.getStyleClass().addAll("banner", tone);
        bar.setAlignment(Pos.CENTER_LEFT);
        text.setMinWidth(0);
        bar.getChildren().addAll(Icon.of(icon), text, Nodes.gap(), way);
        reveal(bar, false);
    }

    void onShow() {
        controller.onShow();
        table.onShow();
        form.onShow();
        follow(tabs.chosen(), tab -> {
            controller.show(tab);
            table.tab(tab, model.formProperty().get() != null);
            face();
        });
        follow(search.textProperty(), query -> {
            controller.search(query);
            face();
        });
        follow(model.faceProperty(), _ -> face());
        follow(model.formProperty().map(_ -> true).orElse(false), narrow -> {
            table.tab(tabs.chosen().get(), narrow);
            arrange();
        });
        follow(widthProperty(), _ -> arrange());
        follow(model.popProperty(), _ -> bars());
        follow(model.stashProperty(), _ -> bars());
        follow(Words.language(), _ -> {
            bars();
            table.refresh();
        });
        InvalidationListener listed = _ -> face();
        model.list().shown().addListener(listed);
        unbind.add(() -> model.list().shown().removeListener(listed));
        tank.bind(model.list().count(LeadList.Tab.TANK));
        mine.bind(model.list().count(LeadList.Tab.MINE));
        all.bind(model.list().count(LeadList.Tab.ALL));
        unbind.add(() -> {
            tank.unbind();
            mine.unbind();
            all.unbind();
        });
        unbind.add(model.onNotice(this::say));
        table.tab(tabs.chosen().get(), model.formProperty().get() != null);
        arrange();
        bars();
        face();
    }

    void onHide() {
        controller.onHide();
        table.onHide();
        form.onHide();
        unbind.forEach(Runnable::run);
        unbind.clear();
    }

    /// In a narrow window the head takes two lines, and an open form takes the list's place until it is closed.
    private void arrange() {
        boolean narrow = getWidth() > 0 && getWidth() < NARROW;
        if (narrow != stacked) {
            stacked = narrow;
            head.getChildren().clear();
            if (narrow) {
                head.getChildren().addAll(line(title, tabs), line(search, Nodes.gap(), create, claim));
            } else {
                head.getChildren().add(line(title, tabs, Nodes.gap(), search, create, claim));
            }
        }
        boolean open = model.formProperty().get() != null;
        reveal(faces, !(narrow && open));
        form.wide(narrow);
    }

    private static HBox line(Node... nodes) {
        HBox line = new HBox(16, nodes);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    /// The form, ready to be typed into.
    void focusForm() {
        form.focus();
    }

    private <T> void follow(ObservableValue<T> value, Consumer<T> to) {
        ChangeListener<T> listener = (_, _, now) -> to.accept(now);
        value.addListener(listener);
        unbind.add(() -> value.removeListener(listener));
    }

    private void create() {
        controller.create();
        form.focus();
    }

    private void showPop() {
        controller.showPop();
        form.focus();
    }

    /// Enter shows a waiting call's lead, unless it is meant for a text; Ctrl-Enter does from anywhere.
    private void pressed(KeyEvent key) {
        if (key.getCode() != KeyCode.ENTER || model.popProperty().get() == null) {
            return;
        }
        boolean text = key.getTarget() instanceof TextInputControl;
        if (key.isShortcutDown() || !text) {
            key.consume();
            showPop();
        }
    }

    private void bars() {
        LeadsModel.Pop pop = model.popProperty().get();
        reveal(popBar, pop != null);
        if (pop != null) {
            popText.setText(Words.of("leads.pop", pop.name()));
        }
        LeadForm aside = model.stashProperty().get();
        reveal(stashBar, aside != null);
        if (aside != null) {
            String name = aside.text(LeadForm.Field.NAME).get();
            stashText.setText(Words.of("leads.stash", name.isBlank() ? Words.of("leads.form.new") : name));
        }
    }

    private void face() {
        switch (model.faceProperty().get()) {
            case LOADING -> faces.loading();
            case FAILED -> faces.error(Words.bind("leads.error.title"), Words.bind("leads.error.text"), null);
            case FULL -> {
                if (!model.list().shown().isEmpty()) {
                    if (faces.face().get() != FourFaces.Face.FULL) {
                        faces.full();
                    }
                } else if (!model.queryProperty().get().isBlank()) {
                    faces.empty(
                            Feather.SEARCH,
                            Words.bind("leads.empty.search.title"),
                            Words.bind("leads.empty.search.text"),
                            new FourFaces.WayOn(Words.bind("leads.empty.search.clear"), search::clear));
                } else {
                    empty();
                }
            }
        }
    }

    private void empty() {
        FourFaces.WayOn add = new FourFaces.WayOn(Words.bind("leads.new"), this::create);
        switch (tabs.chosen().get()) {
            case TANK ->
                faces.empty(
                        Feather.CHECK_CIRCLE,
                        Words.bind("leads.empty.tank.title"),
                        Words.bind("leads.empty.tank.text"),
                        add);
            case MINE ->
                faces.empty(
                        Feather.USER_PLUS,
                        Words.bind("leads.empty.mine.title"),
                        Words.bind("leads.empty.mine.text"),
                        new FourFaces.WayOn(Words.bind("leads.empty.mine.way"), () -> tabs.choose(LeadList.Tab.TANK)));
            case ALL ->
                faces.empty(
                        Feather.USERS, Words.bind("leads.empty.all.title"), Words.bind("leads.empty.all.text"), add);
        }
    }

    private void say(LeadNotice notice) {
        switch (notice) {
            case LeadNotice.Claimed claimed ->
                toasts.show(
                        Tone.GOOD,
                        Words.of("leads.notice.claimed", claimed.lead().name()));
            case LeadNotice.LostClaim lost -> {
                String owner = lost.owner().isBlank() ? Words.of("leads.notice.someone") : lost.owner();
                String next = lost.next();
                toasts.show(
                        Tone.WARN,
                        next == null
                                ? Words.of("leads.notice.lost.last", owner, lost.lead())
                                : Words.of("leads.notice.lost", owner, lost.lead(), next));
            }
            case LeadNotice.Released released ->
                toasts.show(
                        Tone.NEUTRAL,
                        Words.of("leads.notice.released", released.lead().name()));
            case LeadNotice.Saved saved ->
                toasts.show(
                        Tone.GOOD, Words.of("leads.notice.saved", saved.lead().name()));
            case LeadNotice.Deleted deleted -> deleted(deleted);
            case LeadNotice.GoneWhileEdited gone -> toasts.show(Tone.WARN, Words.of("leads.notice.gone", gone.lead()));
            case LeadNotice.Kept _ -> toasts.show(Tone.NEUTRAL, Words.of("leads.notice.kept"));
            case LeadNotice.NoLine _ -> toasts.show(Tone.BAD, Words.of("leads.notice.noLine"));
            case LeadNotice.Refused refused ->
                toasts.show(Tone.BAD, Words.of("leads.notice.refused", refused.sentence()));
        }
    }

    private void deleted(LeadNotice.Deleted deleted) {
        PauseTransition wait = new PauseTransition(UNDO);
        wait.setOnFinished(_ -> deleted.forGood().run());
        toasts.show(
                Tone.NEUTRAL,
                Words.of("leads.notice.deleted", deleted.lead().name()),
                Words.of("leads.notice.undo"),
                () -> {
                    wait.stop();
                    deleted.undo().run();
                });
        wait.play();
    }
}
