package dev.patchbay.desktop.softphone;

import dev.patchbay.desktop.session.Answer;
import dev.patchbay.desktop.session.Change;
import dev.patchbay.desktop.session.Loop;
import dev.patchbay.desktop.session.Published;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The notes of the call at hand: on disk within a quarter of a second of being typed, at the server soon after. On the
/// session's loop.
final class NotePad {
    private static final Duration PACE = Duration.ofMillis(250);
    private static final String TYPE = "call.notes";

    private final Session session;
    private final Published<Notes> shown;
    private Notes now = Notes.NONE;
    private Loop.Timer due = Loop.Timer.NONE;
    private boolean paused;

    NotePad(Session session, PhoneModel model) {
        this.session = session;
        shown = Published.into(model.notes(), Notes.NONE, session.screen());
    }

    /// The agent has this call. What was typed about it and is still on disk is newer than what the server has.
    void about(Call call) {
        CallId known = now.call();
        if (known != null && known.equals(call.id())) {
            return;
        }
        flush();
        @Nullable String kept = null;
        for (Change change : session.keptOnLoop()) {
            if (change.type().equals(TYPE)
                    && change.data().path("call").asText().equals(call.id().toString())) {
                kept = change.data().path("notes").asText();
            }
        }
        String atServer = call.notes();
        show(
                kept != null
                        ? new Notes(call.id(), kept, Notes.Saved.ON_DISK)
                        : new Notes(call.id(), atServer == null ? "" : atServer, Notes.Saved.ON_SERVER));
    }

    /// There is no call any more.
    void put() {
        flush();
        show(Notes.NONE);
    }

    String text() {
        return now.text();
    }

    void typed(String text) {
        CallId call = now.call();
        if (call == null || text.equals(now.text())) {
            return;
        }
        show(new Notes(call, text, Notes.Saved.NOT_YET));
        if (!paused) {
            save();
        }
    }

    /// What is typed goes with another command.
    void handedOver() {
        due.cancel();
        paused = false;
        show(new Notes(now.call(), now.text(), Notes.Saved.ON_DISK));
    }

    private void save() {
        CallId call = now.call();
        if (call == null || now.saved() != Notes.Saved.NOT_YET) {
            return;
        }
        String text = now.text();
        paused = true;
        due.cancel();
        due = session.loop().after(PACE, () -> {
            paused = false;
            save();
        });
        show(new Notes(call, text, Notes.Saved.ON_DISK));
        session.keepOnLoop(TYPE, Map.of("call", call, "notes", text), "notes:" + call, answer -> {
            boolean current = call.equals(now.call()) && text.equals(now.text());
            if (current) {
                switch (answer) {
                    case Answer.Done _ -> show(new Notes(call, text, Notes.Saved.ON_SERVER));
                    case Answer.No _ -> show(new Notes(call, text, Notes.Saved.REFUSED));
                    case Answer.Kept _, Answer.Failed _ -> {}
                }
            }
        });
    }

    private void flush() {
        due.cancel();
        paused = false;
        if (now.saved() == Notes.Saved.NOT_YET) {
            save();
            due.cancel();
            paused = false;
        }
    }

    private void show(Notes next) {
        now = next;
        shown.set(next);
    }
}
