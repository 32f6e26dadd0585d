/// The audit log: reading it, and proving that nobody changed it.
///
/// Use cases of every feature write entries by [dev.patchbay.server.store.Transaction#audit], in the transaction that
/// makes the change. Each row's hash covers the row and the hash of the row before, so that a changed, removed or
/// inserted row breaks the chain; [Audit#verify] walks it. The database refuses to change a row at all (a trigger).
///
/// What it does not promise: whoever owns the database can drop the trigger and write the whole chain anew. Keep the
/// last hash, which `./patchbay admin audit-verify` prints, somewhere else.
///
/// Threads: any. Never: a secret in `detail`. Start reading at [Audit].
@NullMarked
package dev.patchbay.server.audit;

import org.jspecify.annotations.NullMarked;
