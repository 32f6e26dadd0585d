/// The database: connections, transactions bound to a company, migrations, the append side of the event log.
///
/// Every use case runs in [Database#write] or [Database#read] with a company. A write collects the events it causes;
/// they are
/// numbered and stored last in the same transaction, so that state and event commit together or not at all. After the
/// commit the listeners of [Database#onCommit] are rung (the doorbell of the live hub).
///
/// [Transaction#audit] adds to the audit log, which is chained by hashes and numbered in the same way.
///
/// Threads: any; each transaction stays on the thread that opened it and blocks it.
/// Never: a query without `company_id`, an event outside a transaction, I/O to anything but the database inside a
/// transaction. Start reading at [Transaction].
@NullMarked
package dev.patchbay.server.store;

import org.jspecify.annotations.NullMarked;
