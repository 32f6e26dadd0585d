package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Page;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person's sign-ins that have not ended, newest use first.
public final class SessionList {
    private static final int MOST = 200;

    private final Database database;
    private final Sessions sessions;

    /// @param device what the client said of itself
    /// @param current whether it is the one that asks
    public record View(
            UUID id, String device, String address, Instant createdAt, Instant lastUsedAt, boolean current) {}

    SessionList(Database database, Sessions sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    /// @param mine the asker's own, if it is one of them
    public Page<View> of(CompanyId company, UserId user, @Nullable UUID mine) {
        Instant oldest = database.now().minus(sessions.lasts());
        List<View> views = database.read(company, transaction -> transaction
                .query("""
                        select id, user_agent, address, created_at, last_used_at from user_session
                        where company_id = :company and user_id = :user and revoked_at is null and last_used_at > :oldest
                        order by last_used_at desc, id desc limit :most
                        """)
                .bind("user", user)
                .bind("oldest", oldest)
                .bind("most", MOST)
                .map((row, _) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return new View(
                            id,
                            row.getString("user_agent"),
                            row.getString("address"),
                            row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            row.getObject("last_used_at", OffsetDateTime.class).toInstant(),
                            id.equals(mine));
                })
                .list());
        return new Page<>(views, null, database.lastSeq(company));
    }

    /// Ends one sign-in, on REST and on every socket.
    ///
    /// @throws Refusal 404 when it is not the user's or has ended
    public void end(CompanyId company, UserId user, UUID session) {
        if (of(company, user, null).items().stream().noneMatch(view -> view.id().equals(session))) {
            throw Refusal.notFound("session");
        }
        sessions.end(company, user, session, "ended by its owner");
        database.change(
                company, transaction -> transaction.audit("session.ended", "user:" + user, Map.of("session", session)));
    }

    /// Ends all sign-ins of a user.
    ///
    /// @param except the one that goes on; null for none
    /// @param because kept with the session
    /// @return how many ended
    public int endAll(CompanyId company, UserId user, @Nullable UUID except, String because) {
        return database.write(company, transaction -> sessions.endAll(transaction, user, except, because));
    }
}
