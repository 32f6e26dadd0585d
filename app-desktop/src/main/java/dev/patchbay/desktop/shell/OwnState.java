package dev.patchbay.desktop.shell;

import dev.patchbay.desktop.controls.ClockLabel;
import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.controls.StateDot;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import java.util.function.BiConsumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What the agent is doing, for how long and why; a menu to change it; and, while a call goes on, what comes after it.
final class OwnState extends HBox {
    private final ShellModel model;
    private final StateDot state = new StateDot();
    private final ClockLabel time = ClockLabel.since();
    private final Label why = new Label();
    private final Button now = new Button();
    private final Button next = new Button();

    OwnState(ShellModel model) {
        super(12);
        this.model = model;
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("own-state");
        setMinWidth(0);
        why.getStyleClass().addAll("soft", "small");
        why.setMinWidth(0);
        HBox row = new HBox(8, state, time, why);
        row.setAlignment(Pos.CENTER_LEFT);
        now.setGraphic(row);
        now.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        now.getStyleClass().add("pill-button");
        now.setMinWidth(120);
        now.setOnAction(_ -> menu(model::setState, false).show(now, Side.BOTTOM, 0, 4));
        next.setGraphic(Icon.of(Feather.CHEVRON_DOWN, 14));
        next.setContentDisplay(ContentDisplay.RIGHT);
        next.getStyleClass().add("pill-button");
        next.setMinWidth(Region.USE_PREF_SIZE);
        next.setOnAction(_ -> menu(model::setNext, true).show(next, Side.BOTTOM, 0, 4));
        HBox.setHgrow(now, Priority.SOMETIMES);
        getChildren().addAll(now, next);
        time.from().bind(model.agent().map(AgentView::since));
        why.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> why(model.agent().getValue()), model.agent(), Words.language()));
        why.visibleProperty().bind(why.textProperty().isNotEmpty());
        why.managedProperty().bind(why.visibleProperty());
        next.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> next(model.agent().getValue()), model.agent(), Words.language()));
        now.accessibleTextProperty()
                .bind(Bindings.createStringBinding(
                        () -> spoken(model.agent().getValue()), model.agent(), Words.language()));
        model.agent().subscribe(this::show);
    }

    private void show(@Nullable AgentView agent) {
        setVisible(agent != null);
        setManaged(agent != null);
        if (agent != null) {
            state.state().set(agent.state());
            boolean later = busy(agent.state());
            next.setVisible(later);
            next.setManaged(later);
        }
    }

    static boolean busy(AgentState state) {
        return switch (state) {
            case RINGING, ON_CALL, WRAP_UP -> true;
            case OFFLINE, AVAILABLE, BREAK, MISSED, UNREACHABLE -> false;
        };
    }

    /// "because Maria Lopez hung up"; a break says its reason instead.
    private static String why(@Nullable AgentView agent) {
        if (agent == null) {
            return "";
        }
        if (agent.state() == AgentState.BREAK && agent.reason() != null) {
            return agent.reason();
        }
        String who = agent.because().who();
        String key = "shell.because." + agent.because().code();
        if (who != null && Words.has(key + ".who")) {
            return Words.of(key + ".who", who);
        }
        return Words.has(key) ? Words.of(key) : "";
    }

    private static String next(@Nullable AgentView agent) {
        if (agent == null) {
            return "";
        }
        AgentState next = agent.next();
        if (next == null) {
            // What the server does when nothing was chosen.
            next = agent.state() == AgentState.ON_CALL ? AgentState.WRAP_UP : AgentState.AVAILABLE;
        }
        String reason = agent.nextReason();
        String name = next == AgentState.BREAK && reason != null ? reason : Words.of("common.state." + next.wire());
        return Words.of("shell.next", name);
    }

    private static String spoken(@Nullable AgentView agent) {
        return agent == null
                ? ""
                : Words.of(
                        "shell.state.spoken",
                        Words.of("common.state." + agent.state().wire()),
                        why(agent));
    }

    private ContextMenu menu(BiConsumer<AgentState, @Nullable String> choose, boolean later) {
        ContextMenu menu = new ContextMenu();
        menu.getItems().add(item(AgentState.AVAILABLE, null, choose));
        if (model.breakReasons().isEmpty()) {
            menu.getItems().add(item(AgentState.BREAK, null, choose));
        }
        model.breakReasons().forEach(reason -> menu.getItems().add(item(AgentState.BREAK, reason, choose)));
        menu.getItems().add(item(AgentState.OFFLINE, null, choose));
        if (later) {
            MenuItem none = new MenuItem(Words.of("shell.next.none"));
            none.setOnAction(_ -> model.setNext(null, null));
            menu.getItems().add(none);
        }
        return menu;
    }

    private static MenuItem item(
            AgentState state, @Nullable String reason, BiConsumer<AgentState, @Nullable String> choose) {
        Region dot = new Region();
        dot.getStyleClass().setAll("dot", StateDot.tone(state).style());
        String name = Words.of("common.state." + state.wire());
        MenuItem item = new MenuItem(reason == null ? name : Words.of("shell.break", name, reason), dot);
        item.setOnAction(_ -> choose.accept(state, reason));
        return item;
    }
}
