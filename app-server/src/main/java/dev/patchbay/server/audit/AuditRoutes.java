package dev.patchbay.server.audit;

import dev.patchbay.model.Permission;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.http.Request;
import dev.patchbay.server.http.Route;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/audit`.
public final class AuditRoutes implements Route.Feature {
    private static final Access VIEW = Access.needs(Permission.AUDIT_VIEW);

    private final Audit audit;

    public AuditRoutes(Audit audit) {
        this.audit = audit;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/audit",
                        VIEW,
                        "Who did what, the newest first; ?q=&actor=&action=&from=&to= narrow it.",
                        AuditEntry.class,
                        this::list),
                Route.get(
                        "/audit/verify",
                        VIEW,
                        "Proves that no entry was changed or removed, or names the first that was.",
                        Audit.Verdict.class,
                        request -> audit.verify(request.company())));
    }

    private Object list(Request request) {
        Audit.Filter filter = new Audit.Filter(
                request.query("q").map(String::strip).orElse(null),
                request.query("actor").map(AuditRoutes::user).orElse(null),
                request.query("action").orElse(null),
                time(request, "from"),
                time(request, "to"),
                request.query("after").map(AuditRoutes::cursor).orElse(null));
        return audit.list(request.company(), filter, request.limit());
    }

    private static UserId user(String text) {
        try {
            return UserId.of(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("actor", "actor is a user's id.");
        }
    }

    private static Long cursor(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw Refusal.invalid("after", "after is the `next` of an earlier answer.");
        }
    }

    private static @Nullable Instant time(Request request, String name) {
        return request.query(name)
                .map(text -> {
                    try {
                        return Instant.parse(text);
                    } catch (DateTimeParseException e) {
                        throw Refusal.invalid(name, name + " is a time such as 2026-11-21T09:00:00Z.");
                    }
                })
                .orElse(null);
    }
}
