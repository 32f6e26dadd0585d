package dev.patchbay.server.calls;

import dev.patchbay.model.QueueId;
import dev.patchbay.model.QueueView;
import dev.patchbay.model.Strategy;
import dev.patchbay.model.UserId;
import dev.patchbay.server.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The SQL of queues: rules, members, and how they stand.
final class QueueTable {
    private static final String COLUMNS =
            "id, name, strategy, ring_seconds, wrap_up_seconds, disposition_required, max_wait_seconds, handle_seconds,"
                    + " shown, version, rules_version";

    private QueueTable() {}

    static Optional<Queue> find(Transaction transaction, QueueId id) {
        return all(transaction).stream().filter(queue -> queue.id().equals(id)).findFirst();
    }

    /// Every queue that is not archived, by name.
    static List<Queue> all(Transaction transaction) {
        Map<QueueId, Set<String>> skills = new HashMap<>();
        transaction
                .query("select queue_id, skill from queue_skill where company_id = :company")
                .map((row, _) -> Map.entry(Row.id(row, "queue_id", QueueId::new), row.getString("skill")))
                .forEach(entry -> skills.computeIfAbsent(entry.getKey(), _ -> new HashSet<>())
                        .add(entry.getValue()));
        return transaction
                .query("select " + COLUMNS
                        + " from queue where company_id = :company and live_name is not null order by live_name")
                .map((row, _) -> {
                    QueueId id = Row.id(row, "id", QueueId::new);
                    return new Queue(
                            id,
                            row.getString("name"),
                            Strategy.of(row.getString("strategy")),
                            row.getInt("ring_seconds"),
                            Row.number(row, "wrap_up_seconds"),
                            row.getBoolean("disposition_required"),
                            row.getInt("max_wait_seconds"),
                            row.getInt("handle_seconds"),
                            skills.getOrDefault(id, Set.of()),
                            row.getString("shown"),
                            row.getLong("version"),
                            row.getLong("rules_version"));
                })
                .list();
    }

    /// How a queue stands.
    ///
    /// @param working agents who are signed in and not on a break
    record Figures(int waiting, @Nullable Instant longest, int available, int working, int signedIn) {
        /// Seconds until the call at `place` may be answered, in steps of 30; null when nobody works.
        @Nullable
        Integer expectedSeconds(int place, int handleSeconds) {
            if (working == 0) {
                return null;
            }
            if (place <= available) {
                return 0;
            }
            long seconds = (long) handleSeconds * place / working;
            return (int) Math.min(7_200, (seconds + 29) / 30 * 30);
        }
    }

    static Figures figures(Transaction transaction, QueueId id) {
        record Waiting(int count, @Nullable Instant first) {}
        Waiting waiting = transaction
                .query("""
                        select count(*) as waiting, min(queued_at) as first from call
                        where company_id = :company and status in ('queued', 'ringing') and queue_id = :queue
                        """)
                .bind("queue", id)
                .map((row, _) -> new Waiting(row.getInt("waiting"), Row.instant(row, "first")))
                .one();
        Map<String, Integer> states = new HashMap<>();
        int[] available = {0};
        transaction
                .query("""
                        select a.state, a.connected, count(*) as agents from queue_agent m
                        join agent a on a.company_id = m.company_id and a.user_id = m.user_id
                        where m.company_id = :company and m.queue_id = :queue group by a.state, a.connected
                        """)
                .bind("queue", id)
                .map((row, _) -> {
                    String state = row.getString("state");
                    int agents = row.getInt("agents");
                    states.merge(state, agents, Integer::sum);
                    if (state.equals("available") && row.getBoolean("connected")) {
                        available[0] += agents;
                    }
                    return state;
                })
                .list();
        int working = sum(states, "available", "ringing", "onCall", "wrapUp");
        int signedIn = working + sum(states, "break", "missed");
        return new Figures(waiting.count(), waiting.first(), available[0], working, signedIn);
    }

    private static int sum(Map<String, Integer> states, String... names) {
        int sum = 0;
        for (String name : names) {
            sum += states.getOrDefault(name, 0);
        }
        return sum;
    }

    static QueueView view(Queue queue, Figures figures, long version) {
        return new QueueView(
                queue.id(),
                queue.name(),
                queue.strategy(),
                queue.ringSeconds(),
                queue.wrapUpSeconds(),
                queue.dispositionRequired(),
                queue.skills().stream().sorted().toList(),
                figures.waiting(),
                figures.longest(),
                figures.available(),
                figures.signedIn(),
                figures.expectedSeconds(figures.waiting() + 1, queue.handleSeconds()),
                version);
    }

    static Set<QueueId> ofAgent(Transaction transaction, UserId user) {
        return Set.copyOf(transaction
                .query("select queue_id from queue_agent where company_id = :company and user_id = :user")
                .bind("user", user)
                .map((row, _) -> Row.id(row, "queue_id", QueueId::new))
                .list());
    }
}
