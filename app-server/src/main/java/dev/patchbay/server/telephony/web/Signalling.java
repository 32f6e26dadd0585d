package dev.patchbay.server.telephony.web;

import dev.patchbay.model.EventType;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.Payload;
import dev.patchbay.model.Signal;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Limits;
import dev.patchbay.server.live.LiveCommand;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Passes offers, answers and candidates from one participant of a call to another, as events to that one alone.
///
/// What they hold is not read: only who sends to whom, how long and how often.
public final class Signalling {
    static final int SDP_LENGTH = 20_000;
    static final int CANDIDATE_LENGTH = 1_000;
    static final int SESSION_LENGTH = 100;
    /// A set-up takes some 20 signals; a flood is refused.
    static final int MOST = 300;
    static final Duration WINDOW = Duration.ofSeconds(10);

    private final Database database;
    private final Limits limits;

    public Signalling(Database database, Limits limits) {
        this.database = database;
        this.limits = limits;
    }

    public List<LiveCommand<?>> commands() {
        return List.of(LiveCommand.of("signal.send", Access.USER_OR_VISITOR, Signal.class, (principal, signal) -> {
            send(principal, signal);
            return null;
        }));
    }

    private record Side(@Nullable UserId user, boolean left) {}

    /// @throws Refusal 404 unless the sender is `from` and `to` is in the same call, 409 when one of them has left, 400
    /// when too long, 429 when too many
    public void send(Principal principal, Signal signal) {
        limits.count("signal:" + principal.key(), MOST, WINDOW);
        requireSize("sdp", signal.sdp(), SDP_LENGTH);
        requireSize("candidate", signal.candidate(), CANDIDATE_LENGTH);
        requireSize("session", signal.session(), SESSION_LENGTH);
        requireSize("mid", signal.mid(), SESSION_LENGTH);
        switch (principal) {
            case Principal.User user -> database.change(user.company(), transaction -> send(transaction, user, signal));
            case Principal.Visitor visitor ->
                database.change(visitor.company(), transaction -> send(transaction, visitor, signal));
            case Principal.Anonymous _ -> throw Refusal.unauthenticated();
        }
    }

    private static void requireSize(String field, @Nullable String text, int most) {
        if (text != null && text.length() > most) {
            throw Refusal.invalid(field, field + " has at most " + most + " characters.");
        }
    }

    private static void send(Transaction transaction, Principal principal, Signal signal) {
        Map<ParticipantId, Side> sides = new HashMap<>();
        transaction
                .query("""
                        select id, user_id, left_at from participant
                        where company_id = :company and call_id = :call and id in (:from, :to)
                        """)
                .bind("call", signal.call())
                .bind("from", signal.from())
                .bind("to", signal.to())
                .map((row, _) -> {
                    UUID user = row.getObject("user_id", UUID.class);
                    return Map.entry(
                            new ParticipantId(row.getObject("id", UUID.class)),
                            new Side(user == null ? null : new UserId(user), row.getTimestamp("left_at") != null));
                })
                .forEach(entry -> sides.put(entry.getKey(), entry.getValue()));
        Side from = sides.get(signal.from());
        Side to = sides.get(signal.to());
        if (from == null || to == null || signal.from().equals(signal.to()) || !isSender(principal, signal, from)) {
            throw Refusal.notFound("participant");
        }
        if (from.left() || to.left()) {
            throw Refusal.conflict("PARTICIPANT_LEFT", "This side of the call has left.");
        }
        if (signal.kind() == Signal.Kind.OFFER) {
            transaction
                    .update("update participant set session = :session where company_id = :company and id = :from")
                    .bind("session", signal.session())
                    .bind("from", signal.from())
                    .execute();
        }
        Audience audience = to.user() == null ? Audience.visitor(signal.to()) : Audience.user(to.user());
        transaction.emit(EventType.PARTICIPANT_SIGNALLED, audience, signal.call(), new Payload.OfSignal(signal));
    }

    private static boolean isSender(Principal principal, Signal signal, Side from) {
        return switch (principal) {
            case Principal.User user -> Objects.equals(user.id(), from.user());
            case Principal.Visitor visitor -> visitor.participant().equals(signal.from());
            case Principal.Anonymous _ -> false;
        };
    }
}
