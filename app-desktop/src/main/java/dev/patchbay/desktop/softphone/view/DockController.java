package dev.patchbay.desktop.softphone.view;

import dev.patchbay.desktop.calls.CallArchive;
import dev.patchbay.desktop.calls.CallWords;
import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.session.Unreachable;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.softphone.PhoneActions;
import dev.patchbay.desktop.softphone.PhoneModel;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallId;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import javafx.beans.value.ChangeListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says what the dock's keys and buttons do. JavaFX thread only.
public final class DockController {
    private static final Logger LOG = LoggerFactory.getLogger(DockController.class);
    private static final int RECENT = 8;

    private final DockModel model;
    private final PhoneActions actions;
    private final CallArchive archive;
    private final Predicate<Call> dispositionRequired;
    private final Executor background;
    private final Executor screen;
    private final ChangeListener<DockState> stateChanged = (_, before, now) -> changed(before, now);
    private boolean shown;
    private long question;

    /// @param dispositionRequired whether the call's queue wants a disposition before the wrap-up ends
    /// @param background where the archive may block
    /// @param screen the JavaFX thread
    public DockController(
            DockModel model,
            PhoneActions actions,
            CallArchive archive,
            Predicate<Call> dispositionRequired,
            Executor background,
            Executor screen) {
        this.model = model;
        this.actions = actions;
        this.archive = archive;
        this.dispositionRequired = dispositionRequired;
        this.background = background;
        this.screen = screen;
    }

    public DockModel model() {
        return model;
    }

    public void onShow() {
        if (!shown) {
            shown = true;
            phone().state().addListener(stateChanged);
            changed(DockState.IDLE, phone().state().get());
            loadRecent();
        }
    }

    public void onHide() {
        shown = false;
        phone().state().removeListener(stateChanged);
    }

    private PhoneModel phone() {
        return model.phone();
    }

    /// The call that the dock is about; null when idle or ringing.
    static @Nullable Call call(DockState state) {
        return switch (state) {
            case DockState.Idle _, DockState.Ringing _ -> null;
            case DockState.InCall in -> in.call();
            case DockState.WrapUp wrap -> wrap.call();
        };
    }

    private void changed(DockState before, DockState now) {
        Call was = call(before);
        Call is = call(now);
        if (is == null) {
            model.timeline().clear();
            forget();
            if (was != null) {
                loadRecent();
            }
        } else {
            if (was == null || !was.id().equals(is.id())) {
                forget();
                model.timeline().clear();
            }
            if (was == null || was.version() != is.version() || !was.id().equals(is.id())) {
                loadTimeline(is.id());
            }
        }
    }

    private void forget() {
        model.keypadProperty().set(false);
        model.keyedProperty().set("");
        model.dispositionProperty().set(null);
        model.dispositionMissingProperty().set(false);
    }

    private void loadTimeline(CallId call) {
        long asked = ++question;
        background.execute(() -> {
            try {
                CallDetails details = archive.details(call);
                screen.execute(() -> {
                    if (asked == question && call(phone().state().get()) != null) {
                        model.timeline()
                                .setAll(details.timeline().reversed().stream()
                                        .filter(CallWords::tells)
                                        .toList());
                    }
                });
            } catch (Refused | Unreachable e) {
                LOG.info("The timeline of a call in progress is not shown for now: {}", e.getMessage());
            }
        });
    }

    private void loadRecent() {
        background.execute(() -> {
            try {
                List<Call> last =
                        archive.calls(new CallArchive.Wanted(false, "", null)).items();
                screen.execute(() -> model.recent().setAll(last.subList(0, Math.min(RECENT, last.size()))));
            } catch (Refused | Unreachable e) {
                LOG.info("The recent calls are not shown for now: {}", e.getMessage());
            }
        });
    }

    public void answer() {
        actions.answer();
    }

    public void answer(CallId call) {
        actions.answer(call);
    }

    public void decline(CallId call) {
        actions.decline(call);
    }

    /// Declines the first of those that ring.
    public void decline() {
        if (phone().state().get() instanceof DockState.Ringing ringing) {
            actions.decline(ringing.offers().getFirst().call().id());
        }
    }

    public void hangUp() {
        actions.hangUp();
    }

    public void toggleMute() {
        if (phone().state().get() instanceof DockState.InCall in) {
            actions.mute(!in.muted());
        }
    }

    public void toggleHold() {
        if (phone().state().get() instanceof DockState.InCall in) {
            actions.hold(!in.held());
        }
    }

    public void toggleKeypad() {
        model.keypadProperty().set(!model.keypadProperty().get());
    }

    public void notes(String text) {
        actions.notes(text);
    }

    public void extend() {
        actions.extend();
    }

    /// Takes calls again after a break, or after one that rang out.
    public void available() {
        actions.setState(AgentState.AVAILABLE, null);
    }

    public void dismissWarning() {
        actions.dismissWarning();
    }

    /// A key typed outside of any text field: a tone in a call, a disposition in the wrap-up.
    ///
    /// @return whether it meant something
    public boolean typed(String key) {
        return switch (phone().state().get()) {
            case DockState.Idle _, DockState.Ringing _ -> false;
            case DockState.InCall _ -> tone(key);
            case DockState.WrapUp _ -> dispose(key);
        };
    }

    /// Sends a tone.
    public boolean tone(String key) {
        if (!key.matches("[0-9*#A-Da-d]") || !(phone().state().get() instanceof DockState.InCall in) || in.held()) {
            return false;
        }
        actions.keypad(key.toUpperCase(java.util.Locale.ROOT));
        model.keyedProperty().set(model.keyedProperty().get() + key);
        model.keypadProperty().set(true);
        return true;
    }

    private boolean dispose(String key) {
        for (PhoneModel.Choice choice : phone().dispositions().get()) {
            if (key.equals(choice.shortcut())) {
                choose(choice);
                return true;
            }
        }
        return false;
    }

    public void choose(PhoneModel.Choice choice) {
        model.dispositionProperty().set(choice);
        model.dispositionMissingProperty().set(false);
    }

    /// Ends the wrap-up, when nothing is missing.
    public void done() {
        if (!(phone().state().get() instanceof DockState.WrapUp wrap) || wrap.sent()) {
            return;
        }
        PhoneModel.Choice chosen = model.dispositionProperty().get();
        if (chosen == null && dispositionRequired.test(wrap.call())) {
            model.dispositionMissingProperty().set(true);
            return;
        }
        actions.wrapUp(chosen == null ? null : chosen.id());
    }

    /// Puts a number into the dial pad.
    public void prepare(String phone) {
        model.dial().typedProperty().set(phone);
    }
}
