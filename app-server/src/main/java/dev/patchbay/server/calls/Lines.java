package dev.patchbay.server.calls;

import dev.patchbay.server.store.Transaction;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/// Who is on the line through which node (table `node_line`): consoles that take calls, under their user's id, and
/// visitors' pages, under their participant's. Changed behind the routing lock only, so that of a console that goes at
/// one node and comes at another the right one is last.
final class Lines {
    private Lines() {}

    static void came(Transaction transaction, UUID subject, UUID node) {
        transaction.update("""
                        insert into node_line (company_id, subject, node_id)
                        select id, :subject, :node from company where id = :company and not exists (
                            select 1 from node_line
                            where company_id = :company and subject = :subject and node_id = :node)
                        """).bind("subject", subject).bind("node", node).execute();
    }

    /// @return whether another node still has it
    static boolean went(Transaction transaction, UUID subject, UUID node) {
        transaction
                .update("delete from node_line where company_id = :company and subject = :subject and node_id = :node")
                .bind("subject", subject)
                .bind("node", node)
                .execute();
        return transaction
                .query("select 1 from node_line where company_id = :company and subject = :subject limit 1")
                .bind("subject", subject)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// Takes away what a node that is no more had.
    ///
    /// @return those whom no other node has
    static Set<UUID> lost(Transaction transaction, UUID node) {
        Set<UUID> lost = new HashSet<>(
                transaction.query("""
                        select l.subject from node_line l where l.company_id = :company and l.node_id = :node
                        and not exists (select 1 from node_line o where o.company_id = :company
                            and o.subject = l.subject and o.node_id <> :node)
                        """).bind("node", node).mapTo(UUID.class).list());
        transaction
                .update("delete from node_line where company_id = :company and node_id = :node")
                .bind("node", node)
                .execute();
        return lost;
    }
}
