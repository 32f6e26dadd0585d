package dev.patchbay.server.calls;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.Because;
import dev.patchbay.model.CallId;
import dev.patchbay.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An agent while a transaction works on it. Belongs to that transaction's thread.
final class LiveAgent {
    final UserId user;
    final String name;
    AgentStanding standing = AgentStanding.OFFLINE;
    Instant since;
    boolean connected;
    /// Since when no console is on the line; null while one is, and for agents who never had one.
    @Nullable
    Instant goneAt;

    boolean goodbye;
    /// Since when the agent has had no call; decides who is longest idle.
    Instant idleSince;

    @Nullable
    Instant offeredAt;

    @Nullable
    String extension;

    long version = 1;

    /// The version of the last change of skills, extension or queues.
    long rulesVersion = 1;

    @Nullable
    Map<String, @Nullable Object> stored;

    boolean counted;

    LiveAgent(UserId user, String name, Instant now) {
        this.user = user;
        this.name = name;
        this.since = now;
        this.idleSince = now;
    }

    static LiveAgent read(ResultSet row) throws SQLException {
        LiveAgent agent =
                new LiveAgent(Row.id(row, "user_id", UserId::new), row.getString("name"), Row.time(row, "idle_since"));
        agent.standing = new AgentStanding(
                AgentState.of(row.getString("state")),
                row.getString("reason"),
                new Because(row.getString("because_code"), row.getString("because_who")),
                Row.idOrNull(row, "call_id", CallId::new),
                stateOrNull(row.getString("next_state")),
                row.getString("next_reason"),
                stateOrNull(row.getString("restore_state")));
        agent.since = Row.time(row, "since");
        agent.connected = row.getBoolean("connected");
        agent.goneAt = Row.instant(row, "gone_at");
        agent.goodbye = row.getBoolean("goodbye");
        agent.offeredAt = Row.instant(row, "offered_at");
        agent.extension = row.getString("extension");
        agent.rulesVersion = row.getLong("rules_version");
        agent.version = row.getLong("version");
        agent.stored = agent.columns();
        return agent;
    }

    private static @Nullable AgentState stateOrNull(@Nullable String wire) {
        return wire == null ? null : AgentState.of(wire);
    }

    Map<String, @Nullable Object> columns() {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("user_id", user);
        columns.put("state", standing.state().wire());
        columns.put("reason", standing.reason());
        columns.put("since", since);
        columns.put("because_code", standing.because().code());
        columns.put("because_who", standing.because().who());
        columns.put("call_id", standing.call());
        columns.put(
                "next_state", standing.next() == null ? null : standing.next().wire());
        columns.put("next_reason", standing.nextReason());
        columns.put(
                "restore_state",
                standing.restore() == null ? null : standing.restore().wire());
        columns.put("connected", connected);
        columns.put("gone_at", goneAt);
        columns.put("goodbye", goodbye);
        columns.put("idle_since", idleSince);
        columns.put("offered_at", offeredAt);
        columns.put("due_at", lostAt());
        columns.put("extension", extension);
        columns.put("rules_version", rulesVersion);
        columns.put("version", version);
        return columns;
    }

    /// @return whether anything changed
    boolean apply(AgentEvent event, Instant now) {
        AgentStanding after = AgentStanding.after(standing, event);
        if (after.equals(standing)) {
            return false;
        }
        AgentState before = standing.state();
        if (before != after.state() || after.busy() && !java.util.Objects.equals(standing.call(), after.call())) {
            since = now;
        }
        if (after.state() == AgentState.AVAILABLE && !keepsItsTurn(before)) {
            idleSince = now;
        }
        standing = after;
        return true;
    }

    /// A call that somebody else answered, or a lost socket, does not put an agent at the end of the line.
    private static boolean keepsItsTurn(AgentState before) {
        return before == AgentState.RINGING || before == AgentState.UNREACHABLE || before == AgentState.AVAILABLE;
    }

    /// Whether a call may be offered now.
    boolean free() {
        return connected && standing.state() == AgentState.AVAILABLE;
    }

    boolean signedIn() {
        return switch (standing.state()) {
            case AVAILABLE, RINGING, ON_CALL, WRAP_UP, BREAK, MISSED -> true;
            case OFFLINE, UNREACHABLE -> false;
        };
    }

    /// After the clock was set: times from before it are read as if they had been taken with the new one.
    void move(Duration by) {
        since = since.plus(by);
        idleSince = idleSince.plus(by);
        goneAt = LiveCall.moved(goneAt, by);
        offeredAt = LiveCall.moved(offeredAt, by);
    }

    /// When the console counts as lost; null where that changes nothing.
    @Nullable
    Instant lostAt() {
        if (goneAt == null) {
            return null;
        }
        Duration grace =
                switch (standing.state()) {
                    case AVAILABLE, RINGING, MISSED -> Deadlines.CONSOLE;
                    case BREAK, UNREACHABLE -> goodbye ? Deadlines.CONSOLE : null;
                    case ON_CALL -> Deadlines.CONSOLE_IN_CALL;
                    case OFFLINE, WRAP_UP -> null;
                };
        return grace == null ? null : goneAt.plus(grace);
    }
}
