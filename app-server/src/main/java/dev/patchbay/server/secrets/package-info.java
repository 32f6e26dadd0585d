/// Secrets at rest: what the server must be able to read again (second factors, passwords of mail servers and carriers)
/// is kept sealed in the database, under a key that is not in the database.
///
/// The key comes from `ENCRYPTION_KEY` or from a file of the data folder that is made at the first start. Several
/// nodes on one database need the same key. A backup of the database alone opens nothing.
///
/// Threads: any.
/// Never: a key or an opened secret in a log, an answer or an event.
/// Start reading at [Secrets].
@NullMarked
package dev.patchbay.server.secrets;

import org.jspecify.annotations.NullMarked;
