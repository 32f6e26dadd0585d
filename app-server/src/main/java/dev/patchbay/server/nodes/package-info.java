/// The servers that run on one database, and what they share.
///
/// A node says every two seconds that it is there ([Nodes], table `node`); one that has not for ten seconds is no more,
/// and the others take over what it had. All times are the database's: nodes' clocks may differ. What every node must
/// have alike, and nobody should have to set up, is kept in the database ([NodeSecrets]).
///
/// Threads: `node-beat` of each server. Never: a decision that two nodes could take differently; those are rows,
/// locked. Start reading at [Nodes].
@NullMarked
package dev.patchbay.server.nodes;

import org.jspecify.annotations.NullMarked;
