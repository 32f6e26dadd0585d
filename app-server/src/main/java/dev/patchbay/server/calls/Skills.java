package dev.patchbay.server.calls;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Id;
import dev.patchbay.model.Page;
import dev.patchbay.model.Payload;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The company's list of skills, so that an agent's and a queue's are the same word. A queue that asks for a new one
/// adds it; an agent's must be on the list.
public final class Skills {
    private static final String SELECT =
            "select id, name, version from skill where company_id = :company and live_name is not null ";

    private final Floors floors;

    public record Skill(UUID id, String name, long version) {}

    public Skills(Floors floors) {
        this.floors = floors;
    }

    public Page<Skill> list(CompanyId company) {
        return floors.read(company, transaction -> new Page<>(all(transaction), null, Seq.now(transaction)));
    }

    /// Adds a skill; one that is there already is answered as it is.
    public Skill add(CompanyId company, String name) {
        String text = Queues.requireSkills(List.of(name)).iterator().next();
        return floors.change(company, floor -> {
            learn(floor.transaction, Set.of(text));
            return () -> all(floor.transaction).stream()
                    .filter(skill -> skill.name().equals(text))
                    .findFirst()
                    .orElseThrow();
        });
    }

    /// Takes a skill off the list, and from the agents who have it.
    ///
    /// @throws Refusal 404, 409 `SKILL_IN_USE` while a queue asks for it
    public void archive(CompanyId company, UUID id) {
        floors.change(company, floor -> {
            Transaction transaction = floor.transaction;
            Skill skill = all(transaction).stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> Refusal.notFound("skill"));
            List<String> queues = floor.queues().values().stream()
                    .filter(queue -> queue.skills().contains(skill.name()))
                    .map(Queue::name)
                    .toList();
            if (!queues.isEmpty()) {
                throw Refusal.conflict("SKILL_IN_USE", "A queue asks for this skill.", Map.of("queues", queues));
            }
            transaction
                    .update("delete from agent_skill where company_id = :company and skill = :skill")
                    .bind("skill", skill.name())
                    .execute();
            transaction
                    .update("update skill set live_name = null, version = version + 1"
                            + " where company_id = :company and id = :id")
                    .bind("id", id)
                    .execute();
            changed(transaction, "skill.archived", skill.name());
            return () -> true;
        });
    }

    static List<Skill> all(Transaction transaction) {
        return transaction
                .query(SELECT + "order by live_name")
                .map((row, _) -> skill(row))
                .list();
    }

    /// Puts on the list what is not there yet.
    static void learn(Transaction transaction, Set<String> skills) {
        Set<String> fresh = new TreeSet<>(skills);
        fresh.removeAll(names(transaction));
        for (String name : fresh) {
            Map<String, @Nullable Object> columns = new LinkedHashMap<>();
            columns.put("id", Id.next());
            columns.put("name", name);
            columns.put("live_name", name);
            Row.insert(transaction, "skill", columns);
            changed(transaction, "skill.added", name);
        }
    }

    /// @throws Refusal 400 naming `skills` when one is not on the list
    static void requireKnown(Transaction transaction, Set<String> skills) {
        Set<String> unknown = new TreeSet<>(skills);
        unknown.removeAll(names(transaction));
        if (!unknown.isEmpty()) {
            throw Refusal.invalid("skills", "There is no skill " + String.join(", ", unknown) + ".");
        }
    }

    private static Set<String> names(Transaction transaction) {
        return all(transaction).stream().map(Skill::name).collect(Collectors.toSet());
    }

    private static void changed(Transaction transaction, String action, String name) {
        transaction.audit(action, "skill:" + name, Map.of("name", name));
        transaction.emit(EventType.SETTINGS_CHANGED, Audience.company(), name, new Payload.OfSettings("skills", name));
    }

    private static Skill skill(ResultSet row) throws SQLException {
        return new Skill(row.getObject("id", UUID.class), row.getString("name"), row.getLong("version"));
    }
}
