package dev.patchbay.server.calls;

import dev.patchbay.model.AgentView;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Differences;
import dev.patchbay.server.store.Transaction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What administrators say about agents: skills, extension, queues. At once, calls that waited for it may ring there.
public final class AgentRules {
    private final Floors floors;

    /// What to set; null leaves it as it is.
    ///
    /// @param extension 2 to 10 digits, blank for none
    /// @param version the version seen; null changes without looking
    public record Change(
            @Nullable List<String> skills,
            @Nullable String extension,
            @Nullable List<QueueId> queueIds,
            @Nullable Long version) {}

    /// As told to the audit log.
    private record Told(List<String> skills, @Nullable String extension, List<QueueId> queues) {
        static Told of(AgentView view) {
            return new Told(view.skills(), view.extension(), view.queues());
        }
    }

    public AgentRules(Floors floors) {
        this.floors = floors;
    }

    /// Makes a user an agent; who is one stays one.
    ///
    /// @throws Refusal 404 when the company has no such active user, else as [#change]
    public AgentView create(CompanyId company, UserId user, Change wanted) {
        return set(company, user, wanted, "agent.created");
    }

    /// @throws Refusal 404, 400 naming the field, 409 `EXTENSION_TAKEN`, 409 `VERSION_CONFLICT` with the `current` one
    public AgentView change(CompanyId company, UserId user, Change wanted) {
        return set(company, user, wanted, "agent.changed");
    }

    private AgentView set(CompanyId company, UserId user, Change wanted, String action) {
        Set<String> skills = wanted.skills() == null ? null : Queues.requireSkills(wanted.skills());
        String extension =
                wanted.extension() == null ? null : wanted.extension().strip();
        if (extension != null && !extension.matches("|[0-9]{2,10}")) {
            throw Refusal.invalid("extension", "extension is 2 to 10 digits.");
        }
        return floors.change(company, floor -> {
            Transaction transaction = floor.transaction;
            LiveAgent agent = floor.agent(user);
            floor.flush();
            AgentView before = AgentTable.view(transaction, agent);
            if (wanted.version() != null && wanted.version() < agent.rulesVersion) {
                throw Refusal.conflict(
                        "VERSION_CONFLICT", "Somebody else has changed this agent.", Map.of("current", before));
            }
            if (skills != null) {
                Skills.requireKnown(transaction, skills);
                skills(transaction, user, skills);
            }
            if (extension != null) {
                requireFree(transaction, user, extension);
                agent.extension = extension.isEmpty() ? null : extension;
            }
            if (wanted.queueIds() != null) {
                queues(floor, user, new LinkedHashSet<>(wanted.queueIds()));
            }
            agent.rulesVersion = agent.counted ? agent.version : agent.version + 1;
            floor.agentChanged(agent);
            return () -> {
                AgentView after = AgentTable.view(transaction, agent);
                transaction.audit(action, "user:" + user, Differences.between(Told.of(before), Told.of(after)));
                return after;
            };
        });
    }

    private static void skills(Transaction transaction, UserId user, Set<String> skills) {
        transaction
                .update("delete from agent_skill where company_id = :company and user_id = :user")
                .bind("user", user)
                .execute();
        for (String skill : skills) {
            transaction
                    .update("insert into agent_skill (company_id, user_id, skill) values (:company, :user, :skill)")
                    .bind("user", user)
                    .bind("skill", skill)
                    .execute();
        }
    }

    /// The routing lock is held: nobody takes it in between.
    private static void requireFree(Transaction transaction, UserId user, String extension) {
        boolean taken = transaction
                .query("select 1 from agent where company_id = :company and extension = :extension"
                        + " and user_id <> :user")
                .bind("extension", extension)
                .bind("user", user)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (taken) {
            throw Refusal.conflict("EXTENSION_TAKEN", "Another agent has this extension.");
        }
    }

    private static void queues(Floor floor, UserId user, Set<QueueId> wanted) {
        Set<QueueId> known = floor.queues().keySet();
        if (!known.containsAll(wanted)) {
            throw Refusal.invalid("queueIds", "There is no such queue.");
        }
        Set<QueueId> before = QueueTable.ofAgent(floor.transaction, user);
        before.forEach(floor::touch);
        wanted.forEach(floor::touch);
        floor.transaction
                .update("delete from queue_agent where company_id = :company and user_id = :user")
                .bind("user", user)
                .execute();
        for (QueueId queue : wanted) {
            floor.transaction
                    .update("insert into queue_agent (company_id, queue_id, user_id) values (:company, :queue, :user)")
                    .bind("queue", queue)
                    .bind("user", user)
                    .execute();
        }
        floor.changesMembers();
    }
}
