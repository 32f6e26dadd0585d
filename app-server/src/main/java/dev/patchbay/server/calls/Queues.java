package dev.patchbay.server.calls;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.EventType;
import dev.patchbay.model.FieldError;
import dev.patchbay.model.Page;
import dev.patchbay.model.Payload;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.QueueView;
import dev.patchbay.model.Strategy;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.settings.CompanySettings;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.Differences;
import dev.patchbay.server.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Queues: rules, members, skills, and the lists that belong to them. Every method is one transaction.
public final class Queues {
    private final Floors floors;

    public Queues(Floors floors) {
        this.floors = floors;
    }

    /// A queue's rules.
    ///
    /// @param strategy longest idle when absent
    /// @param ringSeconds 5 to 120; for a new queue what the company's settings say when absent
    /// @param wrapUpSeconds 0 for no wrap-up, null to wait for the agent
    /// @param version the version seen, for a change; null changes without looking
    public record Rules(
            String name,
            @Nullable Strategy strategy,
            @Nullable Integer ringSeconds,
            @Nullable Integer wrapUpSeconds,
            @Nullable Boolean dispositionRequired,
            @Nullable List<String> skills,
            @Nullable Long version) {
        public Rules {
            skills = skills == null ? null : List.copyOf(skills);
        }
    }

    /// What a new company begins with: one queue, so that a visitor can call, and the usual lists.
    public static void found(Transaction transaction) {
        Map<String, @Nullable Object> queue = columns(new Rules("General", null, null, 60, false, List.of(), null));
        queue.put("id", QueueId.fresh());
        queue.put("created_at", transaction.now());
        Row.insert(transaction, "queue", queue);
        for (String name : List.of("Resolved", "Call back", "Not interested", "Wrong number")) {
            Choices.insert(transaction, Choices.Kind.DISPOSITION, name);
        }
        for (String name : List.of("Lunch", "Short break", "Meeting", "Training")) {
            Choices.insert(transaction, Choices.Kind.BREAK_REASON, name);
        }
    }

    public Page<QueueView> list(CompanyId company) {
        return floors.read(company, transaction -> {
            long asOf = Seq.now(transaction);
            List<QueueView> views = QueueTable.all(transaction).stream()
                    .map(queue -> QueueTable.view(queue, QueueTable.figures(transaction, queue.id()), queue.version()))
                    .toList();
            return new Page<>(views, null, asOf);
        });
    }

    public QueueView view(CompanyId company, QueueId id) {
        return floors.read(company, transaction -> QueueTable.find(transaction, id)
                .map(queue -> QueueTable.view(queue, QueueTable.figures(transaction, id), queue.version()))
                .orElseThrow(() -> Refusal.notFound("queue")));
    }

    /// @throws Refusal 400 for rules that make no sense, 409 `QUEUE_EXISTS` for a name in use
    public QueueView create(CompanyId company, Rules rules) {
        check(rules);
        QueueId id = QueueId.fresh();
        return floors.change(company, floor -> {
            requireFree(floor, rules.name(), null);
            CompanySettings usual = CompanySettings.of(floor.transaction);
            Map<String, @Nullable Object> columns = columns(rules);
            if (rules.ringSeconds() == null) {
                columns.put("ring_seconds", usual.ringSeconds());
            }
            if (rules.dispositionRequired() == null) {
                columns.put("disposition_required", usual.dispositionRequired());
            }
            columns.put("id", id);
            columns.put("created_at", floor.now());
            Row.insert(floor.transaction, "queue", columns);
            skills(floor, id, rules.skills());
            floor.forgetQueues();
            floor.transaction.audit("queue.created", "queue:" + id, told(require(floor, id)));
            return changed(floor, id);
        });
    }

    /// @throws Refusal 409 `VERSION_CONFLICT` when the rules were changed since
    public QueueView update(CompanyId company, QueueId id, Rules rules) {
        check(rules);
        return floors.change(company, floor -> {
            Queue queue = require(floor, id);
            if (rules.version() != null && rules.version() < queue.rulesVersion()) {
                throw Refusal.conflict(
                        "VERSION_CONFLICT",
                        "Somebody else has changed this queue.",
                        Map.of(
                                "current",
                                QueueTable.view(queue, QueueTable.figures(floor.transaction, id), queue.version())));
            }
            requireFree(floor, rules.name(), id);
            Map<String, @Nullable Object> columns = columns(rules);
            columns.put("id", id);
            columns.put("version", queue.version() + 1);
            columns.put("rules_version", queue.version() + 1);
            Row.update(floor.transaction, "queue", "id", columns);
            skills(floor, id, rules.skills());
            floor.forgetQueues();
            floor.transaction.audit(
                    "queue.changed", "queue:" + id, Differences.between(told(queue), told(require(floor, id))));
            floor.wantsRouting();
            return changed(floor, id);
        });
    }

    /// Archives a queue; its past calls keep its name.
    ///
    /// @throws Refusal 409 `QUEUE_IN_USE` while a call waits or goes on in it
    public void delete(CompanyId company, QueueId id) {
        floors.change(company, floor -> {
            Queue queue = require(floor, id);
            int live = floor.transaction
                    .query("""
                            select count(*) from call where company_id = :company and queue_id = :queue
                            and status in ('queued', 'ringing', 'active', 'held', 'wrapUp')
                            """)
                    .bind("queue", id)
                    .mapTo(Integer.class)
                    .one();
            if (live > 0) {
                throw Refusal.conflict("QUEUE_IN_USE", "There are calls in this queue.");
            }
            floor.transaction
                    .update("update queue set live_name = null where company_id = :company and id = :queue")
                    .bind("queue", id)
                    .execute();
            floor.transaction
                    .update("delete from queue_agent where company_id = :company and queue_id = :queue")
                    .bind("queue", id)
                    .execute();
            floor.transaction.audit("queue.archived", "queue:" + id, Map.of("name", queue.name()));
            floor.transaction.emit(
                    EventType.SETTINGS_CHANGED,
                    Audience.company(),
                    id,
                    new Payload.OfSettings("queues", id.toString()));
            floor.forgetQueues();
            floor.changesMembers();
            return () -> true;
        });
    }

    /// Says who takes the queue's calls.
    public QueueView members(CompanyId company, QueueId id, List<UserId> users) {
        return floors.change(company, floor -> {
            require(floor, id);
            Set<UserId> before = new LinkedHashSet<>(memberIds(floor, id));
            Set<UserId> after = new LinkedHashSet<>(users);
            after.forEach(floor::agent);
            floor.flush();
            floor.transaction
                    .update("delete from queue_agent where company_id = :company and queue_id = :queue")
                    .bind("queue", id)
                    .execute();
            for (UserId user : after) {
                floor.transaction
                        .update(
                                "insert into queue_agent (company_id, queue_id, user_id) values (:company, :queue, :user)")
                        .bind("queue", id)
                        .bind("user", user)
                        .execute();
            }
            floor.changesMembers();
            Set<UserId> moved = new LinkedHashSet<>(before);
            moved.addAll(after);
            moved.removeIf(user -> before.contains(user) && after.contains(user));
            if (!moved.isEmpty()) {
                floor.transaction.audit("queue.members", "queue:" + id, Map.of("from", before, "to", after));
            }
            moved.forEach(user -> floor.agentChanged(floor.agent(user)));
            return changed(floor, id);
        });
    }

    public List<UserId> memberIds(CompanyId company, QueueId id) {
        return floors.change(company, floor -> {
            require(floor, id);
            return () -> memberIds(floor, id);
        });
    }

    private static List<UserId> memberIds(Floor floor, QueueId id) {
        return floor.transaction
                .query("select user_id from queue_agent where company_id = :company and queue_id = :queue")
                .bind("queue", id)
                .map((row, _) -> Row.id(row, "user_id", UserId::new))
                .list();
    }

    /// The rules, as the audit log tells them.
    private static Rules told(Queue queue) {
        return new Rules(
                queue.name(),
                queue.strategy(),
                queue.ringSeconds(),
                queue.wrapUpSeconds(),
                queue.dispositionRequired(),
                queue.skills().stream().sorted().toList(),
                null);
    }

    private static Queue require(Floor floor, QueueId id) {
        Queue queue = floor.queues().get(id);
        if (queue == null) {
            throw Refusal.notFound("queue");
        }
        return queue;
    }

    private static void requireFree(Floor floor, String name, @Nullable QueueId except) {
        boolean used = floor.queues().values().stream()
                .anyMatch(queue -> queue.name().equalsIgnoreCase(name.strip())
                        && !queue.id().equals(except));
        if (used) {
            throw Refusal.conflict("QUEUE_EXISTS", "There is a queue of this name.");
        }
    }

    private static Supplier<QueueView> changed(Floor floor, QueueId id) {
        floor.forgetQueues();
        floor.touch(id);
        return () -> {
            floor.forgetQueues();
            Queue queue = require(floor, id);
            return QueueTable.view(queue, QueueTable.figures(floor.transaction, id), queue.version());
        };
    }

    private static Map<String, @Nullable Object> columns(Rules rules) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        String name = rules.name().strip();
        columns.put("name", name);
        columns.put("live_name", name);
        columns.put("strategy", (rules.strategy() == null ? Strategy.LONGEST_IDLE : rules.strategy()).wire());
        columns.put("ring_seconds", rules.ringSeconds() == null ? Integer.valueOf(20) : rules.ringSeconds());
        columns.put("wrap_up_seconds", rules.wrapUpSeconds());
        columns.put("disposition_required", Boolean.TRUE.equals(rules.dispositionRequired()));
        return columns;
    }

    private static void skills(Floor floor, QueueId id, @Nullable List<String> skills) {
        if (skills == null) {
            return;
        }
        floor.transaction
                .update("delete from queue_skill where company_id = :company and queue_id = :queue")
                .bind("queue", id)
                .execute();
        Skills.learn(floor.transaction, requireSkills(skills));
        for (String skill : requireSkills(skills)) {
            floor.transaction
                    .update("insert into queue_skill (company_id, queue_id, skill) values (:company, :queue, :skill)")
                    .bind("queue", id)
                    .bind("skill", skill)
                    .execute();
        }
    }

    private static void check(Rules rules) {
        List<FieldError> errors = new ArrayList<>();
        String name = rules.name().strip();
        if (name.isEmpty() || name.length() > 100) {
            errors.add(new FieldError("name", "name has 1 to 100 characters.", "VALIDATION_ERROR"));
        }
        if (rules.ringSeconds() != null && (rules.ringSeconds() < 5 || rules.ringSeconds() > 120)) {
            errors.add(new FieldError("ringSeconds", "ringSeconds is 5 to 120.", "VALIDATION_ERROR"));
        }
        if (rules.wrapUpSeconds() != null && (rules.wrapUpSeconds() < 0 || rules.wrapUpSeconds() > 3_600)) {
            errors.add(new FieldError("wrapUpSeconds", "wrapUpSeconds is 0 to 3600.", "VALIDATION_ERROR"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors);
        }
        if (rules.skills() != null) {
            requireSkills(rules.skills());
        }
    }

    /// Skills are words in lower case: `ES` and `es` are the same.
    static Set<String> requireSkills(List<String> skills) {
        Set<String> wanted = new TreeSet<>();
        for (String skill : skills) {
            String text = skill.strip().toLowerCase(Locale.ROOT);
            if (text.isEmpty() || text.length() > 60) {
                throw Refusal.invalid("skills", "A skill has 1 to 60 characters.");
            }
            wanted.add(text);
        }
        if (wanted.size() > 50) {
            throw Refusal.invalid("skills", "There are at most 50 skills.");
        }
        return wanted;
    }
}
