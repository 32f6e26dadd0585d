package dev.patchbay.server.calls;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Id;
import dev.patchbay.model.Page;
import dev.patchbay.model.Payload;
import dev.patchbay.server.access.Check;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What agents choose from: how a call went (dispositions) and why they are away (break reasons). What is archived
/// cannot be chosen any more; the history keeps its name. Every method is one transaction.
public final class Choices {
    private final Floors floors;

    /// Which of the two lists.
    public enum Kind {
        DISPOSITION("disposition", "dispositions"),
        BREAK_REASON("break_reason", "breakReasons");

        private final String table;
        private final String list;

        Kind(String table, String list) {
            this.table = table;
            this.list = list;
        }
    }

    /// @param key what calls store, such as `sold`; it stays when the name changes. Empty for a break reason
    record Choice(UUID id, String name, String key, boolean archived, long version) {}

    public Choices(Floors floors) {
        this.floors = floors;
    }

    public Page<Dispositions.Disposition> dispositions(CompanyId company) {
        return floors.read(
                company, transaction -> new Page<>(Dispositions.all(transaction), null, Seq.now(transaction)));
    }

    public Page<Dispositions.BreakReason> breakReasons(CompanyId company) {
        return floors.read(
                company, transaction -> new Page<>(Dispositions.breakReasons(transaction), null, Seq.now(transaction)));
    }

    public Dispositions.Disposition addDisposition(CompanyId company, String name) {
        return disposition(add(company, Kind.DISPOSITION, name));
    }

    public Dispositions.BreakReason addBreakReason(CompanyId company, String name) {
        return breakReason(add(company, Kind.BREAK_REASON, name));
    }

    static Dispositions.Disposition disposition(Choice choice) {
        return new Dispositions.Disposition(choice.id(), choice.name(), choice.key(), choice.version());
    }

    static Dispositions.BreakReason breakReason(Choice choice) {
        return new Dispositions.BreakReason(choice.id(), choice.name(), choice.version());
    }

    /// Adds a choice. The same name again is the same choice; an archived one comes back.
    Choice add(CompanyId company, Kind kind, String name) {
        String text = requireName(name);
        return floors.change(company, floor -> {
            Transaction transaction = floor.transaction;
            Choice known = all(transaction, kind).stream()
                    .filter(one -> one.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElse(null);
            if (known == null) {
                insert(transaction, kind, text);
                changed(transaction, kind, "added", text, Map.of("name", text));
            } else if (known.archived()) {
                update(transaction, kind, known, text, false);
                changed(transaction, kind, "added", text, Map.of("name", text));
            }
            return () -> all(transaction, kind).stream()
                    .filter(one -> one.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow();
        });
    }

    /// @param version the one that was looked at; null changes whatever is there
    /// @throws Refusal 404, 409 `NAME_EXISTS`, 409 `VERSION_CONFLICT` with the `current` one
    Choice rename(CompanyId company, Kind kind, UUID id, String name, @Nullable Long version) {
        String text = requireName(name);
        return floors.change(company, floor -> {
            Transaction transaction = floor.transaction;
            List<Choice> all = all(transaction, kind);
            Choice before = require(all, id);
            if (version != null && version != before.version()) {
                throw Refusal.conflict(
                        "VERSION_CONFLICT", "Somebody changed this in between.", Map.of("current", before));
            }
            if (all.stream().anyMatch(one -> !one.id().equals(id) && one.name().equalsIgnoreCase(text))) {
                throw Refusal.conflict("NAME_EXISTS", "There is one of this name, perhaps archived.");
            }
            update(transaction, kind, before, text, false);
            changed(transaction, kind, "renamed", text, Map.of("from", before.name(), "to", text));
            return () -> require(all(transaction, kind), id);
        });
    }

    /// @throws Refusal 404
    void archive(CompanyId company, Kind kind, UUID id) {
        floors.change(company, floor -> {
            Choice before = require(all(floor.transaction, kind), id);
            update(floor.transaction, kind, before, before.name(), true);
            changed(floor.transaction, kind, "archived", before.name(), Map.of("name", before.name()));
            return () -> true;
        });
    }

    private static Choice require(List<Choice> all, UUID id) {
        return all.stream()
                .filter(one -> one.id().equals(id) && !one.archived())
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("choice"));
    }

    /// Those that are archived as well.
    private static List<Choice> all(Transaction transaction, Kind kind) {
        String key = kind == Kind.DISPOSITION ? "code" : "''";
        return transaction
                .query("select id, name, " + key + " as code, archived, version from " + kind.table
                        + " where company_id = :company order by name")
                .map((row, _) -> new Choice(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("code"),
                        row.getBoolean("archived"),
                        row.getLong("version")))
                .list();
    }

    static void insert(Transaction transaction, Kind kind, String name) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("id", Id.next());
        columns.put("name", name);
        if (kind == Kind.DISPOSITION) {
            columns.put("code", freeKey(transaction, name));
        }
        Row.insert(transaction, kind.table, columns);
    }

    /// A renamed disposition keeps its key, which the next one of the old name then cannot have.
    private static String freeKey(Transaction transaction, String name) {
        String wanted = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
        List<String> taken =
                all(transaction, Kind.DISPOSITION).stream().map(Choice::key).toList();
        String key = wanted;
        for (int number = 2; taken.contains(key); number++) {
            key = wanted + "-" + number;
        }
        return key;
    }

    private static void update(Transaction transaction, Kind kind, Choice before, String name, boolean archived) {
        transaction
                .update("update " + kind.table + " set name = :name, archived = :archived, version = version + 1"
                        + " where company_id = :company and id = :id")
                .bind("name", name)
                .bind("archived", archived)
                .bind("id", before.id())
                .execute();
    }

    private static void changed(
            Transaction transaction, Kind kind, String what, String name, Map<String, String> detail) {
        String thing = kind == Kind.DISPOSITION ? "disposition" : "breakReason";
        transaction.audit(thing + "." + what, thing + ":" + name, detail);
        transaction.emit(EventType.SETTINGS_CHANGED, Audience.company(), name, new Payload.OfSettings(kind.list, name));
    }

    private static String requireName(String name) {
        Check check = new Check();
        String text = check.text("name", name, 1, 60);
        check.done();
        return text;
    }
}
