package dev.patchbay.desktop.calls;

import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.session.Table;
import dev.patchbay.desktop.session.Unreachable;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallId;
import dev.patchbay.model.Lead;
import dev.patchbay.model.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import javafx.animation.PauseTransition;
import javafx.beans.value.ChangeListener;
import javafx.collections.ObservableList;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills the calls screen and says what its keys and buttons do. JavaFX thread only.
public final class CallsController {
    /// What the screen asks of its neighbours.
    public interface Ways {
        /// Puts the number into the dial pad, which says whether it can be dialled.
        void callBack(String phone);

        void openLead(Lead lead);

        /// A new lead with what the call knows.
        void createLead(String name, @Nullable String phone);

        /// Where customers call from a browser; an http address.
        String callPage();

        /// Puts that address where it can be pasted from, and says so.
        void copyCallPage();
    }

    private static final Logger LOG = LoggerFactory.getLogger(CallsController.class);

    private final CallsModel model;
    private final Table<CallId, Call> calls;
    private final Predicate<Call> mine;
    private final CallArchive archive;
    private final Ways ways;
    private final Executor background;
    private final Executor screen;
    private final PauseTransition typed = new PauseTransition(Duration.millis(200));
    private final PauseTransition ended = new PauseTransition(Duration.millis(400));
    private final ChangeListener<Table.Face> faceChanged = (_, _, now) -> face(now);
    private Table.@Nullable Registration registration;
    private @Nullable String cursor;
    /// Counts what was asked of the archive: an answer to anything but the last question is passed over.
    private long question;

    private long opened;

    /// @param mine which waiting calls concern this user: those of the own queues
    /// @param background where the archive may block
    /// @param screen the JavaFX thread
    public CallsController(
            CallsModel model,
            Table<CallId, Call> calls,
            Predicate<Call> mine,
            CallArchive archive,
            Ways ways,
            Executor background,
            Executor screen) {
        this.model = model;
        this.calls = calls;
        this.mine = mine;
        this.archive = archive;
        this.ways = ways;
        this.background = background;
        this.screen = screen;
        typed.setOnFinished(_ -> load());
        ended.setOnFinished(_ -> load());
    }

    String callPage() {
        return ways.callPage();
    }

    void copyCallPage() {
        ways.copyCallPage();
    }

    public CallsModel model() {
        return model;
    }

    public void onShow() {
        if (registration != null) {
            return;
        }
        calls.face().addListener(faceChanged);
        face(calls.face().get());
        registration = calls.listen(this::changed);
        if (past()) {
            load();
        }
    }

    public void onHide() {
        typed.stop();
        ended.stop();
        calls.face().removeListener(faceChanged);
        if (registration != null) {
            registration.close();
            registration = null;
        }
    }

    private void face(Table.Face now) {
        model.liveFaceProperty()
                .set(
                        switch (now) {
                            case Table.Face.Loading _ -> CallsModel.Face.LOADING;
                            case Table.Face.Full _ -> CallsModel.Face.FULL;
                            case Table.Face.Failed _ -> CallsModel.Face.FAILED;
                        });
    }

    private void changed(Table.Change<CallId, Call> change) {
        List<Call> all = calls.all();
        set(
                model.waiting(),
                all.stream()
                        .filter(call -> waits(call) && mine.test(call))
                        .sorted(Comparator.comparing(Call::createdAt))
                        .toList());
        set(
                model.active(),
                all.stream()
                        .filter(CallsController::goesOn)
                        .sorted(Comparator.comparing(Call::createdAt).reversed())
                        .toList());
        Call open = model.selectedProperty().get();
        for (Call call : change.changed()) {
            if (past() && !waits(call) && !goesOn(call)) {
                ended.playFromStart();
            }
            if (open != null && call.id().equals(open.id()) && call.version() > open.version()) {
                open(call);
            }
        }
    }

    static boolean waits(Call call) {
        return switch (call.status()) {
            case QUEUED, RINGING -> true;
            case ACTIVE, HELD, WRAP_UP, CLOSED, ABANDONED, MISSED, FAILED -> false;
        };
    }

    static boolean goesOn(Call call) {
        return switch (call.status()) {
            case ACTIVE, HELD, WRAP_UP -> true;
            case QUEUED, RINGING, CLOSED, ABANDONED, MISSED, FAILED -> false;
        };
    }

    /// Whether nobody answered it.
    public static boolean missed(Call call) {
        return switch (call.status()) {
            case ABANDONED, MISSED -> true;
            case FAILED -> call.answeredAt() == null;
            case QUEUED, RINGING, ACTIVE, HELD, WRAP_UP, CLOSED -> false;
        };
    }

    /// Changes only what differs, so that selection and focus stay.
    private static void set(ObservableList<Call> shown, List<Call> now) {
        boolean same = shown.size() == now.size();
        for (int i = 0; same && i < now.size(); i++) {
            same = shown.get(i).id().equals(now.get(i).id());
        }
        if (!same) {
            shown.setAll(now);
            return;
        }
        for (int i = 0; i < now.size(); i++) {
            if (shown.get(i).version() != now.get(i).version()) {
                shown.set(i, now.get(i));
            }
        }
    }

    public void show(CallsModel.Tab tab) {
        model.tabProperty().set(tab);
        select(null);
        if (past()) {
            load();
        }
    }

    public void search(String query) {
        model.queryProperty().set(query);
        if (past()) {
            typed.playFromStart();
        }
    }

    private boolean past() {
        return switch (model.tabProperty().get()) {
            case HISTORY, MISSED -> true;
            case WAITING, ACTIVE -> false;
        };
    }

    /// Asks for the newest page again.
    public void load() {
        if (model.past().isEmpty()) {
            model.pastFaceProperty().set(CallsModel.Face.LOADING);
        }
        ask(null);
    }

    public void loadMore() {
        if (cursor != null) {
            ask(cursor);
        }
    }

    private void ask(@Nullable String after) {
        long asked = ++question;
        var wanted = new CallArchive.Wanted(
                model.tabProperty().get() == CallsModel.Tab.MISSED,
                model.queryProperty().get().strip(),
                after);
        background.execute(() -> {
            try {
                Page<Call> page = archive.calls(wanted);
                screen.execute(() -> {
                    if (asked == question) {
                        show(page, after != null);
                    }
                });
            } catch (Refused | Unreachable e) {
                LOG.info("The history could not be read; the user can try again: {}", e.getMessage());
                screen.execute(() -> {
                    if (asked == question && model.past().isEmpty()) {
                        model.pastFaceProperty().set(CallsModel.Face.FAILED);
                    }
                });
            }
        });
    }

    private void show(Page<Call> page, boolean further) {
        if (further) {
            model.past().addAll(page.items());
        } else {
            set(model.past(), page.items());
        }
        cursor = page.next();
        model.moreProperty().set(cursor != null);
        model.pastFaceProperty().set(CallsModel.Face.FULL);
    }

    /// Opens a call at the side; null closes it.
    public void select(@Nullable Call call) {
        Call before = model.selectedProperty().get();
        if (call == null) {
            opened++;
            model.selectedProperty().set(null);
            model.detailsProperty().set(null);
            model.detailsFaceProperty().set(CallsModel.Face.FULL);
        } else if (before == null || !Objects.equals(before.id(), call.id())) {
            model.detailsProperty().set(null);
            model.detailsFaceProperty().set(CallsModel.Face.LOADING);
            open(call);
        }
    }

    /// Fetches the opened call's details (again).
    public void reopen() {
        Call open = model.selectedProperty().get();
        if (open != null) {
            open(open);
        }
    }

    private void open(Call call) {
        model.selectedProperty().set(call);
        long asked = ++opened;
        background.execute(() -> {
            try {
                CallDetails found = archive.details(call.id());
                screen.execute(() -> {
                    if (asked == opened) {
                        model.detailsProperty().set(found);
                        model.detailsFaceProperty().set(CallsModel.Face.FULL);
                    }
                });
            } catch (Refused | Unreachable e) {
                LOG.info("A call's details could not be read; the user can try again: {}", e.getMessage());
                screen.execute(() -> {
                    if (asked == opened && model.detailsProperty().get() == null) {
                        model.detailsFaceProperty().set(CallsModel.Face.FAILED);
                    }
                });
            }
        });
    }

    /// Calls the caller of a past call back, when a number is known.
    ///
    /// @return whether there was a number
    public boolean callBack(Call call) {
        String phone = call.caller().phone();
        if (phone == null) {
            return false;
        }
        ways.callBack(phone);
        return true;
    }

    public void lead(CallDetails of) {
        Lead lead = of.lead();
        if (lead == null) {
            ways.createLead(of.call().caller().name(), of.call().caller().phone());
        } else {
            ways.openLead(lead);
        }
    }
}
