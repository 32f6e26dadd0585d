package dev.patchbay.desktop.softphone.view;

import dev.patchbay.desktop.shell.Actions;
import dev.patchbay.desktop.shell.Actions.Action;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.model.Permission;
import java.util.List;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.util.Subscription;
import org.kordamp.ikonli.feather.Feather;

/// What an agent can do with calls, for the keys, the palette and the shortcut sheet.
public final class DockActions {
    private DockActions() {}

    /// Adds them until unsubscribed.
    ///
    /// @param view where the keyboard goes when the dial pad is asked for
    public static Subscription register(Actions actions, DockController controller, DockView view) {
        BooleanBinding rings = when(controller, state -> state instanceof DockState.Ringing);
        BooleanBinding talks = when(controller, state -> state instanceof DockState.InCall);
        BooleanBinding writes = when(controller, state -> state instanceof DockState.WrapUp);
        BooleanBinding idle = when(controller, state -> state instanceof DockState.Idle);
        List<Subscription> all = List.of(
                actions.add(new Action(
                        "call.answer",
                        "softphone.action.answer",
                        Feather.PHONE,
                        "F8",
                        Permission.CALLS_TAKE,
                        rings,
                        controller::answer)),
                actions.add(new Action(
                        "call.decline",
                        "softphone.action.decline",
                        Feather.PHONE_MISSED,
                        "F7",
                        Permission.CALLS_TAKE,
                        rings,
                        controller::decline)),
                actions.add(new Action(
                        "call.hangUp",
                        "softphone.action.hangUp",
                        Feather.PHONE_OFF,
                        "Shift+F8",
                        Permission.CALLS_TAKE,
                        talks,
                        controller::hangUp)),
                actions.add(new Action(
                        "call.mute",
                        "softphone.action.mute",
                        Feather.MIC_OFF,
                        "F9",
                        Permission.CALLS_TAKE,
                        talks,
                        controller::toggleMute)),
                actions.add(new Action(
                        "call.hold",
                        "softphone.action.hold",
                        Feather.PAUSE,
                        "F10",
                        Permission.CALLS_TAKE,
                        talks,
                        controller::toggleHold)),
                actions.add(new Action(
                        "call.keypad",
                        "softphone.action.keypad",
                        Feather.GRID,
                        "F11",
                        Permission.CALLS_TAKE,
                        talks,
                        controller::toggleKeypad)),
                actions.add(new Action(
                        "call.done",
                        "softphone.action.done",
                        Feather.CHECK,
                        "Shortcut+Enter",
                        Permission.CALLS_TAKE,
                        writes,
                        controller::done)),
                actions.add(new Action(
                        "call.dial",
                        "softphone.action.dial",
                        Feather.PHONE_OUTGOING,
                        "Shortcut+D",
                        Permission.CALLS_TAKE,
                        idle,
                        view::focus)));
        return () -> all.forEach(Subscription::unsubscribe);
    }

    private static BooleanBinding when(DockController controller, Predicate<DockState> holds) {
        var state = controller.model().phone().state();
        return Bindings.createBooleanBinding(() -> holds.test(state.get()), state);
    }
}
