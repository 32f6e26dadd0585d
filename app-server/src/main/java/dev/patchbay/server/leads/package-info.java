/// Leads: the shark tank, claims, the pipeline's stages.
///
/// [Leads] holds the use cases, [LeadTable] the SQL, [LeadRoutes] and [LeadCommands] the two edges. Every change counts
/// the lead's version up and tells those who may see leads. A claim is a compare-and-set on `owner_id`: of any number
/// of claimers one wins, the others are told who, and which lead to take next.
///
/// Threads: any. Locks: the lead's row first, then the company's event counter at the end of the transaction.
/// Never: a change without its event; an owner of another company.
/// Start reading at [Leads].
@NullMarked
package dev.patchbay.server.leads;

import org.jspecify.annotations.NullMarked;
