package dev.patchbay.server.calls;

import dev.patchbay.model.CallStatus;
import dev.patchbay.model.Permission;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.store.Transaction;
import java.util.Set;

/// Which calls a user sees: every one with `calls.viewAll` or `supervise`, else the own ones, and those that wait or
/// were lost in the own queues. The audience of live events follows the same rule.
record Sight(UserId user, boolean everything, Set<QueueId> queues) {
    Sight {
        queues = Set.copyOf(queues);
    }

    static Sight of(Transaction transaction, Principal.User user) {
        boolean everything = user.may(Permission.CALLS_VIEW_ALL) || user.may(Permission.SUPERVISE);
        return new Sight(user.id(), everything, everything ? Set.of() : QueueTable.ofAgent(transaction, user.id()));
    }

    /// The same rule as SQL over `call c`; needs `:me` bound.
    static final String SQL = """
             and (c.agent_id = :me
                or c.assigned_id = :me
                or exists (select 1 from participant p where p.company_id = c.company_id and p.call_id = c.id
                    and p.user_id = :me and p.status <> 'left')
                or c.status in ('queued', 'ringing', 'abandoned', 'missed') and exists (
                    select 1 from queue_agent m
                    where m.company_id = c.company_id and m.queue_id = c.queue_id and m.user_id = :me))
            """;

    boolean reaches(LiveCall call) {
        return everything
                || user.equals(call.agent)
                || user.equals(call.assigned)
                || call.legs.stream().anyMatch(leg -> user.equals(leg.user) && leg.leftAt == null)
                || inQueue(call) && openToQueue(call.status);
    }

    /// Whether this user may try to answer: also when somebody else was faster, who is told then.
    boolean mayTry(LiveCall call) {
        return reaches(call) || inQueue(call) || call.legs.stream().anyMatch(leg -> user.equals(leg.user));
    }

    private boolean inQueue(LiveCall call) {
        return call.queue != null && queues.contains(call.queue);
    }

    private static boolean openToQueue(CallStatus status) {
        return switch (status) {
            case QUEUED, RINGING, ABANDONED, MISSED -> true;
            case ACTIVE, HELD, WRAP_UP, CLOSED, FAILED -> false;
        };
    }
}
