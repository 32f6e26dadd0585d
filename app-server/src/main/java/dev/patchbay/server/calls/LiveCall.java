package dev.patchbay.server.calls;

import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.Caller;
import dev.patchbay.model.Direction;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.ParticipantKind;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.UserId;
import dev.patchbay.model.VisitorCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A call while a transaction works on it: the row, its legs, and where it stands. Belongs to that transaction's
/// thread.
final class LiveCall {
    final CallId id;
    final Direction direction;
    final String channel;
    final @Nullable QueueId queue;
    final @Nullable String queueName;
    final @Nullable String topic;
    final Caller caller;
    final Instant createdAt;
    final List<Leg> legs = new ArrayList<>();
    CallStatus status = CallStatus.QUEUED;
    long version;
    int priority;
    Instant queuedAt;
    int place;

    @Nullable
    Integer expectedSeconds;

    @Nullable
    UserId assigned;

    @Nullable
    Instant assignedUntil;

    @Nullable
    UserId lastAgent;

    @Nullable
    UserId agent;

    @Nullable
    String agentName;

    @Nullable
    LeadId lead;

    @Nullable
    Instant ringingAt;

    @Nullable
    Instant answeredAt;

    @Nullable
    Instant endedAt;

    @Nullable
    String endReason;

    @Nullable
    Instant wrapUpUntil;

    boolean wrapUpExtended;

    @Nullable
    String disposition;

    @Nullable
    String notes;

    @Nullable
    Integer rating;

    int entries;

    /// When it is given up if nobody answers; set from the queue while it waits.
    @Nullable
    Instant giveUpAt;

    /// The columns as they are in the database; null while the row is not there.
    @Nullable
    Map<String, @Nullable Object> stored;

    /// Whether this transaction has counted the version up already.
    boolean counted;

    LiveCall(
            CallId id,
            Direction direction,
            String channel,
            @Nullable QueueId queue,
            @Nullable String queueName,
            @Nullable String topic,
            Caller caller,
            Instant createdAt) {
        this.id = id;
        this.direction = direction;
        this.channel = channel;
        this.queue = queue;
        this.queueName = queueName;
        this.topic = topic;
        this.caller = caller;
        this.createdAt = createdAt;
        this.queuedAt = createdAt;
    }

    static LiveCall read(ResultSet row) throws SQLException {
        LiveCall call = new LiveCall(
                Row.id(row, "id", CallId::new),
                Direction.of(row.getString("direction")),
                row.getString("channel"),
                Row.idOrNull(row, "queue_id", QueueId::new),
                row.getString("queue_name"),
                row.getString("topic"),
                new Caller(row.getString("caller_name"), row.getString("caller_phone")),
                Row.time(row, "created_at"));
        call.status = CallStatus.of(row.getString("status"));
        call.version = row.getLong("version");
        call.priority = row.getInt("priority");
        call.queuedAt = Row.time(row, "queued_at");
        call.place = row.getInt("place");
        call.expectedSeconds = Row.number(row, "expected_seconds");
        call.assigned = Row.idOrNull(row, "assigned_id", UserId::new);
        call.assignedUntil = Row.instant(row, "assigned_until");
        call.lastAgent = Row.idOrNull(row, "last_agent_id", UserId::new);
        call.agent = Row.idOrNull(row, "agent_id", UserId::new);
        call.agentName = row.getString("agent_name");
        call.lead = Row.idOrNull(row, "lead_id", LeadId::new);
        call.ringingAt = Row.instant(row, "ringing_at");
        call.answeredAt = Row.instant(row, "answered_at");
        call.endedAt = Row.instant(row, "ended_at");
        call.endReason = row.getString("end_reason");
        call.wrapUpUntil = Row.instant(row, "wrap_up_until");
        call.wrapUpExtended = row.getBoolean("wrap_up_extended");
        call.disposition = row.getString("disposition");
        call.notes = row.getString("notes");
        call.rating = Row.number(row, "rating");
        call.entries = row.getInt("entries");
        int maxWait = row.getInt("max_wait_seconds");
        call.giveUpAt = row.wasNull() ? null : call.queuedAt.plusSeconds(maxWait);
        return call;
    }

    /// All but `id` in the order of the table, with the deadline worked out.
    Map<String, @Nullable Object> columns() {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("id", id);
        columns.put("version", version);
        columns.put("status", status.wire());
        columns.put("direction", direction.wire());
        columns.put("channel", channel);
        columns.put("queue_id", queue);
        columns.put("topic", topic);
        columns.put("caller_name", caller.name());
        columns.put("caller_phone", caller.phone());
        columns.put("priority", priority);
        columns.put("queued_at", queuedAt);
        columns.put("place", place);
        columns.put("expected_seconds", expectedSeconds);
        columns.put("assigned_id", assigned);
        columns.put("assigned_until", assignedUntil);
        columns.put("last_agent_id", lastAgent);
        columns.put("agent_id", agent);
        columns.put("lead_id", lead);
        columns.put("created_at", createdAt);
        columns.put("ringing_at", ringingAt);
        columns.put("answered_at", answeredAt);
        columns.put("ended_at", endedAt);
        columns.put("end_reason", endReason);
        columns.put("wrap_up_until", wrapUpUntil);
        columns.put("wrap_up_extended", wrapUpExtended);
        columns.put("disposition", disposition);
        columns.put("notes", notes);
        columns.put("rating", rating);
        columns.put("entries", entries);
        columns.put("due_at", dueAt());
        return columns;
    }

    CallState state() {
        return switch (status) {
            case QUEUED, RINGING -> {
                Set<UserId> at =
                        ringing().flatMap(leg -> Stream.ofNullable(leg.user)).collect(Collectors.toSet());
                yield at.isEmpty() ? new CallState.Queued() : new CallState.Ringing(at);
            }
            case ACTIVE, HELD -> agent == null ? new CallState.Queued() : new CallState.Talking(agent, isHeld());
            case WRAP_UP -> agent == null ? new CallState.Ended(CallStatus.CLOSED) : new CallState.WrapUp(agent);
            case CLOSED, ABANDONED, MISSED, FAILED -> new CallState.Ended(status);
        };
    }

    /// Moves the state machine. Legs are changed by the caller, after this: [#state] reads them.
    ///
    /// @return whether anything changed
    boolean apply(CallEvent event) {
        CallState before = state();
        CallState after = CallState.after(before, event);
        if (after.equals(before)) {
            return false;
        }
        status = after.status();
        switch (after) {
            case CallState.Queued _, CallState.Ringing _ -> {
                agent = null;
                agentName = null;
            }
            case CallState.Talking talking -> agent = talking.agent();
            case CallState.WrapUp _, CallState.Ended _ -> {}
        }
        if (!waits()) {
            place = 0;
            expectedSeconds = null;
            assigned = null;
            assignedUntil = null;
        }
        return true;
    }

    boolean isHeld() {
        return status == CallStatus.HELD;
    }

    boolean talks() {
        return status == CallStatus.ACTIVE || status == CallStatus.HELD;
    }

    boolean waits() {
        return status == CallStatus.QUEUED || status == CallStatus.RINGING;
    }

    /// Whether it has come to one of the ends, wrap-up included.
    boolean isOver() {
        return !talks() && !waits();
    }

    Stream<Leg> ringing() {
        return legs.stream().filter(Leg::rings);
    }

    Optional<Leg> ringingAt(UserId user) {
        return ringing().filter(leg -> user.equals(leg.user)).findFirst();
    }

    Optional<Leg> customer() {
        return legs.stream().filter(leg -> leg.kind == ParticipantKind.CUSTOMER).findFirst();
    }

    /// The leg of the agent who talks.
    Optional<Leg> agentLeg() {
        return legs.stream().filter(leg -> leg.isAgent() && leg.isIn()).findFirst();
    }

    /// When the caller's page counts as lost; null while it is on the line or nobody waits for it.
    @Nullable
    Instant callerLostAt() {
        Leg customer = customer().orElse(null);
        if (isOver() || customer == null || customer.goneAt == null) {
            return null;
        }
        if (customer.away) {
            return customer.goneAt.plus(Deadlines.CALLER_AWAY);
        }
        return customer.goneAt.plus(waits() ? Deadlines.CALLER_WAITING : Deadlines.CALLER_IN_CALL);
    }

    /// The earliest moment at which the clock alone changes this call.
    @Nullable
    Instant dueAt() {
        Stream<@Nullable Instant> times =
                switch (status) {
                    case QUEUED, RINGING ->
                        Stream.concat(
                                Stream.of(callerLostAt(), assignedUntil, giveUpAt),
                                ringing().map(leg -> leg.ringUntil));
                    case ACTIVE, HELD -> Stream.of(callerLostAt());
                    case WRAP_UP -> Stream.of(wrapUpUntil);
                    case CLOSED, ABANDONED, MISSED, FAILED -> Stream.empty();
                };
        Instant earliest = null;
        for (Instant time : times.toList()) {
            if (time != null && (earliest == null || time.isBefore(earliest))) {
                earliest = time;
            }
        }
        return earliest;
    }

    /// After the clock was set: times from before it are read as if they had been taken with the new one.
    void move(Duration by) {
        queuedAt = queuedAt.plus(by);
        assignedUntil = moved(assignedUntil, by);
        ringingAt = moved(ringingAt, by);
        answeredAt = moved(answeredAt, by);
        endedAt = moved(endedAt, by);
        wrapUpUntil = moved(wrapUpUntil, by);
        giveUpAt = moved(giveUpAt, by);
        for (Leg leg : legs) {
            leg.ringUntil = moved(leg.ringUntil, by);
            leg.goneAt = moved(leg.goneAt, by);
            leg.joinedAt = moved(leg.joinedAt, by);
        }
    }

    static @Nullable Instant moved(@Nullable Instant time, Duration by) {
        return time == null ? null : time.plus(by);
    }

    Call view() {
        return new Call(
                id,
                version,
                status,
                direction,
                channel,
                queue,
                queueName,
                topic,
                caller,
                place,
                agent,
                agentName,
                lead,
                createdAt,
                ringingAt,
                answeredAt,
                endedAt,
                endReason,
                wrapUpUntil,
                disposition,
                notes,
                rating,
                legs.stream().map(Leg::view).toList());
    }

    /// What the visitor's page is told: nothing of the company's inside.
    Optional<VisitorCall> visitorView() {
        return customer().map(me -> {
            Leg peer = agentLeg().orElse(null);
            return new VisitorCall(
                    id,
                    me.id,
                    visitorStatus(),
                    place,
                    expectedSeconds,
                    talks() && agentName != null ? firstName(agentName) : null,
                    peer == null ? null : peer.id,
                    isOver() ? endReason : null,
                    rating,
                    version);
        });
    }

    private String visitorStatus() {
        return switch (status) {
            case QUEUED, RINGING -> "waiting";
            case ACTIVE -> "connected";
            case HELD -> "held";
            case WRAP_UP, CLOSED, ABANDONED, MISSED, FAILED -> "ended";
        };
    }

    private static String firstName(String name) {
        int blank = name.strip().indexOf(' ');
        return blank < 0 ? name.strip() : name.strip().substring(0, blank);
    }
}
