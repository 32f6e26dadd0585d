package dev.patchbay.server.calls;

import dev.patchbay.model.AgentView;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.UserId;
import dev.patchbay.server.store.Transaction;
import java.util.List;
import java.util.Optional;

/// The SQL of agents.
final class AgentTable {
    private static final String SELECT = """
            select a.*, u.name from agent a
            join app_user u on u.company_id = a.company_id and u.id = a.user_id
            where a.company_id = :company
            """;

    private AgentTable() {}

    static Optional<LiveAgent> find(Transaction transaction, UserId user) {
        return transaction
                .query(SELECT + " and a.user_id = :user")
                .bind("user", user)
                .map((row, _) -> LiveAgent.read(row))
                .findOne();
    }

    static List<LiveAgent> all(Transaction transaction) {
        return transaction
                .query(SELECT + " and u.active order by u.name, a.user_id")
                .map((row, _) -> LiveAgent.read(row))
                .list();
    }

    /// The name of a user who may become an agent.
    static Optional<String> userName(Transaction transaction, UserId user) {
        return transaction
                .query("select name from app_user where company_id = :company and id = :user and active")
                .bind("user", user)
                .mapTo(String.class)
                .findOne();
    }

    static List<String> skills(Transaction transaction, UserId user) {
        return transaction
                .query("select skill from agent_skill where company_id = :company and user_id = :user order by skill")
                .bind("user", user)
                .mapTo(String.class)
                .list();
    }

    static AgentView view(Transaction transaction, LiveAgent agent) {
        AgentStanding standing = agent.standing;
        List<QueueId> queues = QueueTable.ofAgent(transaction, agent.user).stream()
                .sorted(java.util.Comparator.comparing(QueueId::value))
                .toList();
        return new AgentView(
                agent.user,
                agent.name,
                standing.state(),
                standing.reason(),
                agent.since,
                standing.because(),
                standing.call(),
                standing.next(),
                standing.nextReason(),
                agent.connected,
                queues,
                skills(transaction, agent.user),
                agent.version,
                agent.extension);
    }
}
