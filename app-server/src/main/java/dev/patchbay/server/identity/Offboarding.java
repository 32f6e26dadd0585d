package dev.patchbay.server.identity;

import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Somebody leaves for good: what they had is handed over, the queues go on without them, all sign-ins end. A call in
/// progress goes on to its end. All of it in one transaction.
public final class Offboarding {
    private final Database database;
    private final Users users;
    private final Sessions sessions;
    private final List<Departure> departures = new CopyOnWriteArrayList<>();

    /// @param leadsTo who gets the leads; without, they go back into the shark tank
    public record Wish(@Nullable UserId leadsTo) {}

    public record Left(int leadsMoved, int sessionsEnded) {}

    Offboarding(Database database, Users users, Sessions sessions) {
        this.database = database;
        this.users = users;
        this.sessions = sessions;
    }

    /// Adds what a feature does when somebody leaves. Those that take locks of their own come first.
    public void on(Departure departure) {
        departures.add(departure);
    }

    /// @throws Refusal 404 for another company's user, 400 naming `leadsTo` when that is nobody active of the company
    public Left offboard(Principal.User asker, UserId id, Wish wish) {
        if (asker.id().equals(id)) {
            throw Refusal.rule("OWN_ACCOUNT", "Somebody else must switch you off.");
        }
        return database.write(asker.company(), transaction -> {
            UserRow user = users.row(transaction, id);
            Users.mayTouch(asker, user);
            Users.sameOffice(asker, user);
            UserId heir = wish.leadsTo();
            if (heir != null && (heir.equals(id) || !users.isActive(transaction, heir))) {
                throw Refusal.invalid("leadsTo", "leadsTo is somebody else of the company who is active.");
            }
            int moved = 0;
            for (Departure departure : departures) {
                moved += departure.left(transaction, id, heir);
            }
            int ended = sessions.endAll(transaction, id, null, "left the company");
            users.switchOff(transaction, id);
            transaction.audit(
                    "user.offboarded",
                    "user:" + id,
                    Map.of(
                            "user",
                            user.name(),
                            "leadsMoved",
                            moved,
                            "leadsTo",
                            heir == null ? "tank" : heir.toString(),
                            "sessionsEnded",
                            ended));
            return new Left(moved, ended);
        });
    }
}
