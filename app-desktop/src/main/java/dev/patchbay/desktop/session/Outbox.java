package dev.patchbay.desktop.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.ErrorBody;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the agent changed, on disk until the server has it: sent in order, one at a time, under an id that the server
/// does once. A change that the server refuses does not stop the others; it is kept and shown until the agent sends it
/// again or lets it go.
///
/// Not promised: "once" for a change whose answer was lost and that is sent again more than 24 hours later, when the
/// server has forgotten the id.
///
/// Runs on the loop.
public final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    /// Refusals that say "later", not "no".
    private static final Set<String> PASSING = Set.of("UNAVAILABLE", "INTERNAL_ERROR", "TOO_MANY_REQUESTS");

    /// Commands whose refusal says that it is so already, or can never be: nothing to decide for anybody.
    private static final Set<String> MOOT = Set.of("call.hangup");

    private final Journal journal;
    private final LiveLink link;
    private final Loop loop;
    private final InstantSource clock;
    private final Deque<Change> queue = new ArrayDeque<>();
    private final Map<String, Change> refused = new LinkedHashMap<>();
    private final Map<String, Consumer<Answer>> callers = new HashMap<>();
    private final Published<Kept> kept;
    private @Nullable Change underway;
    private int passing;
    private boolean closed;

    /// What has not reached the server.
    ///
    /// @param waiting will be sent
    /// @param refused needs a decision: [Outbox#sendAgain] or [Outbox#discard]
    public record Kept(int waiting, List<Change> refused) {
        public static final Kept NOTHING = new Kept(0, List.of());

        public Kept {
            refused = List.copyOf(refused);
        }
    }

    Outbox(Path file, LiveLink link, Loop loop, Executor screen, InstantSource clock) {
        this.journal = new Journal(file);
        this.link = link;
        this.loop = loop;
        this.clock = clock;
        for (Change change : journal.open()) {
            if (change.refused() == null) {
                queue.add(change);
            } else {
                refused.put(change.id(), change);
            }
        }
        kept = new Published<>(new Kept(queue.size(), List.copyOf(refused.values())), screen);
    }

    public ReadOnlyObjectProperty<Kept> kept() {
        return kept.property();
    }

    Kept now() {
        return kept.now();
    }

    /// Keeps the change, then sends it when its turn comes.
    ///
    /// @param topic see [Change#topic]
    /// @param answer told once: how it went, or [Answer.Kept] when that cannot be known now
    void put(String id, String type, JsonNode data, String topic, Consumer<Answer> answer) {
        Change change = new Change(id, type, data, topic, clock.instant(), null);
        try {
            journal.put(change);
        } catch (UncheckedIOException full) {
            LOG.error(
                    "a change could not be put on disk; it is sent from memory and would be lost with the console",
                    full);
        }
        if (!topic.isEmpty()) {
            replaceUnsent(topic);
        }
        if (MOOT.contains(type)) {
            // A caller waits for the line to close: not behind what was written about other things.
            queue.addFirst(change);
        } else {
            queue.add(change);
        }
        if (link.online()) {
            callers.put(id, answer);
        } else {
            answer.accept(new Answer.Kept(id));
        }
        publish();
        next();
    }

    private void replaceUnsent(String topic) {
        queue.removeIf(old -> {
            boolean replaced = old.topic().equals(topic) && old != underway;
            if (replaced) {
                forget(old.id());
                tell(old.id(), new Answer.Kept(old.id()));
            }
            return replaced;
        });
    }

    /// The line broke: who waits for an answer learns that it is kept.
    void offline() {
        Map<String, Consumer<Answer>> waiting = Map.copyOf(callers);
        callers.clear();
        waiting.forEach((id, caller) -> caller.accept(new Answer.Kept(id)));
    }

    /// Sends what waits, in order.
    void next() {
        Change first = queue.peek();
        if (closed || underway != null || first == null || !link.online()) {
            return;
        }
        underway = first;
        link.insist(first.type(), first.id(), first.data(), null, answer -> answered(first, answer));
    }

    private void answered(Change change, Answer answer) {
        underway = null;
        switch (answer) {
            case Answer.Done done -> {
                passing = 0;
                finish(change);
                tell(change.id(), done);
            }
            case Answer.No no
            when PASSING.contains(no.error().code()) -> {
                // Its id may be remembered with this answer, so it goes out under the same one only a few times.
                Duration pause = Duration.ofSeconds(Math.min(30, 1L << Math.min(passing++, 5)));
                LOG.warn(
                        "{} is put off for {} s: {}",
                        change.type(),
                        pause.toSeconds(),
                        no.error().message());
                loop.after(pause, this::next);
            }
            case Answer.No no -> {
                passing = 0;
                if (MOOT.contains(change.type())) {
                    finish(change);
                } else {
                    refuse(change, no.error());
                }
                tell(change.id(), no);
            }
            // The session is over; it stays on disk for the next one.
            case Answer.Failed _, Answer.Kept _ -> {
                publish();
                return;
            }
        }
        publish();
        if (passing == 0) {
            next();
        }
    }

    private void finish(Change change) {
        queue.remove(change);
        forget(change.id());
    }

    private void refuse(Change change, ErrorBody why) {
        queue.remove(change);
        Change marked = change.refused(why);
        refused.put(change.id(), marked);
        save(marked);
    }

    /// What has not reached the server and is not refused, oldest first.
    List<Change> waiting() {
        return List.copyOf(queue);
    }

    /// Sends a refused change again, under a new id: the old one would only be answered with the refusal.
    public void sendAgain(String id) {
        loop.execute(() -> {
            Change old = refused.remove(id);
            if (old != null) {
                Change again = new Change(
                        UUID.randomUUID().toString(), old.type(), old.data(), old.topic(), clock.instant(), null);
                save(again);
                forget(id);
                queue.add(again);
                publish();
                next();
            }
        });
    }

    /// Lets a refused change go.
    public void discard(String id) {
        loop.execute(() -> {
            if (refused.remove(id) != null) {
                forget(id);
                publish();
            }
        });
    }

    private void save(Change change) {
        try {
            journal.put(change);
        } catch (UncheckedIOException full) {
            LOG.error("the state of a change could not be put on disk; it holds until this console ends", full);
        }
    }

    private void forget(String id) {
        if (journal.holds(id)) {
            try {
                journal.over(id);
            } catch (UncheckedIOException full) {
                LOG.error("a change is done but stays on disk; it is sent again and not done again", full);
            }
        }
    }

    private void tell(String id, Answer answer) {
        Consumer<Answer> caller = callers.remove(id);
        if (caller != null) {
            caller.accept(answer);
        }
    }

    private void publish() {
        kept.set(new Kept(queue.size(), List.copyOf(refused.values())));
    }

    @Override
    public void close() {
        closed = true;
        offline();
        journal.close();
    }
}
