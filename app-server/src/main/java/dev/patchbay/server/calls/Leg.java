package dev.patchbay.server.calls;

import dev.patchbay.model.CallId;
import dev.patchbay.model.Endpoint;
import dev.patchbay.model.Participant;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.ParticipantKind;
import dev.patchbay.model.ParticipantStatus;
import dev.patchbay.model.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One side of a call while a transaction works on it. Belongs to that transaction's thread.
final class Leg {
    final ParticipantId id;
    final CallId call;
    final ParticipantKind kind;
    final @Nullable UserId user;
    final String name;
    final Instant invitedAt;
    ParticipantStatus status;
    boolean muted;
    boolean held;
    boolean connected;
    /// Since when its page is off the line; null while it is on.
    @Nullable
    Instant goneAt;
    /// Whether the page said that it is being left.
    boolean away;

    @Nullable
    String media;

    /// The last session this side offered. Written by the signalling alone, outside of the floor.
    String session = "";

    @Nullable
    Instant ringUntil;

    @Nullable
    Instant joinedAt;

    @Nullable
    Instant leftAt;

    @Nullable
    String leftReason;

    /// The columns as they are in the database; null while the row is not there.
    @Nullable
    Map<String, @Nullable Object> stored;

    Leg(
            ParticipantId id,
            CallId call,
            ParticipantKind kind,
            @Nullable UserId user,
            String name,
            Instant invitedAt,
            ParticipantStatus status) {
        this.id = id;
        this.call = call;
        this.kind = kind;
        this.user = user;
        this.name = name;
        this.invitedAt = invitedAt;
        this.status = status;
    }

    static Leg read(ResultSet row) throws SQLException {
        Leg leg = new Leg(
                Row.id(row, "id", ParticipantId::new),
                Row.id(row, "call_id", CallId::new),
                ParticipantKind.of(row.getString("kind")),
                Row.idOrNull(row, "user_id", UserId::new),
                row.getString("name"),
                Row.time(row, "invited_at"),
                ParticipantStatus.of(row.getString("status")));
        leg.muted = row.getBoolean("muted");
        leg.held = row.getBoolean("held");
        leg.connected = row.getBoolean("connected");
        leg.goneAt = Row.instant(row, "gone_at");
        leg.away = row.getBoolean("away");
        leg.media = row.getString("media");
        leg.session = row.getString("session");
        leg.ringUntil = Row.instant(row, "ring_until");
        leg.joinedAt = Row.instant(row, "joined_at");
        leg.leftAt = Row.instant(row, "left_at");
        leg.leftReason = row.getString("left_reason");
        leg.stored = leg.columns();
        return leg;
    }

    Map<String, @Nullable Object> columns() {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("id", id);
        columns.put("call_id", call);
        columns.put("kind", kind.wire());
        columns.put("user_id", user);
        columns.put("name", name);
        columns.put("endpoint", Endpoint.WEB.wire());
        columns.put("status", status.wire());
        columns.put("muted", muted);
        columns.put("held", held);
        columns.put("connected", connected);
        columns.put("gone_at", goneAt);
        columns.put("away", away);
        columns.put("media", media);
        columns.put("invited_at", invitedAt);
        columns.put("ring_until", ringUntil);
        columns.put("joined_at", joinedAt);
        columns.put("left_at", leftAt);
        columns.put("left_reason", leftReason);
        return columns;
    }

    boolean rings() {
        return status == ParticipantStatus.RINGING;
    }

    boolean isIn() {
        return status == ParticipantStatus.JOINED;
    }

    boolean isAgent() {
        return kind == ParticipantKind.AGENT;
    }

    void join(Instant now) {
        status = ParticipantStatus.JOINED;
        joinedAt = now;
        ringUntil = null;
    }

    void leave(Instant now, String reason) {
        status = ParticipantStatus.LEFT;
        leftAt = now;
        leftReason = reason;
        ringUntil = null;
        goneAt = null;
        held = false;
    }

    Participant view() {
        return new Participant(
                id, kind, user, name, Endpoint.WEB, status, muted, held, connected, joinedAt, leftAt, leftReason);
    }
}
