package dev.patchbay.server.calls;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Id;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Transaction;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Opens a company's floor: one transaction at a time changes its calls and agents. Thread-safe.
public final class Floors {
    private final Database database;
    private final Surroundings around;
    private final UUID node;
    private final Set<CompanyId> known = ConcurrentHashMap.newKeySet();
    private final List<Consumer<CompanyId>> memberships = new CopyOnWriteArrayList<>();

    /// The only node of its database.
    public Floors(Database database, Surroundings around) {
        this(database, around, Id.next());
    }

    /// @param node this server among those on the same database
    public Floors(Database database, Surroundings around, UUID node) {
        this.database = database;
        this.around = around;
        this.node = node;
    }

    UUID node() {
        return node;
    }

    /// Tells when who takes which queue's calls has changed: the audiences of live events follow from it.
    public void onMembership(Consumer<CompanyId> listener) {
        memberships.add(listener);
    }

    Database database() {
        return database;
    }

    Surroundings around() {
        return around;
    }

    /// Changes calls and agents under the routing lock.
    ///
    /// @param work changes the floor, and gives back what to answer: asked after everything is routed and saved
    <T> T change(CompanyId company, Function<Floor, Supplier<T>> work) {
        ensureLock(company);
        return database.write(company, transaction -> {
            Floor floor = Floor.lock(transaction, around, node);
            Supplier<T> answer = work.apply(floor);
            finish(transaction, floor);
            return answer.get();
        });
    }

    /// Changes calls and agents in a transaction that another feature opened, and that has not yet locked anything of
    /// theirs.
    void within(Transaction transaction, Consumer<Floor> work) {
        ensureLock(transaction.company());
        Floor floor = Floor.lock(transaction, around, node);
        work.accept(floor);
        finish(transaction, floor);
    }

    private void finish(Transaction transaction, Floor floor) {
        floor.finish();
        if (floor.membersChanged()) {
            CompanyId company = transaction.company();
            transaction.afterCommit(() -> memberships.forEach(listener -> listener.accept(company)));
        }
    }

    <T> T read(CompanyId company, Function<Transaction, T> work) {
        return database.read(company, work);
    }

    private void ensureLock(CompanyId company) {
        if (known.contains(company)) {
            return;
        }
        try {
            database.acrossCompanies(handle ->
                    handle.createUpdate("""
                            insert into routing (company_id) select id from company
                            where id = :company and not exists (select 1 from routing where company_id = :company)
                            """).bind("company", company.value()).execute());
        } catch (UnableToExecuteStatementException e) {
            if (!Database.isDuplicate(e)) {
                throw e;
            }
            // Another thread was first: the row is there, which is all that matters.
        }
        known.add(company);
    }
}
