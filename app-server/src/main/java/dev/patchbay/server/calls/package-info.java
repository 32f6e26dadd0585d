/// Calls, agents, queues, and how they come together.
///
/// What it is for: a caller waits in a queue, rings at an agent, talks, and is written up; the server alone says who is
/// where. [Calls], [Agents], [Queues] and [VisitorCalls] are the use cases, one transaction each; [CallState] and
/// [AgentStanding] are the pure state machines they move.
///
/// How it works: [Floors] opens a company's [Floor], a transaction that locks the company's `routing` row first and
/// nothing after it that another transaction would lock before; so changes of one company's calls happen one after the
/// other, and races have one winner by construction, on any number of nodes. A use case changes objects; the floor then
/// routes ([Routing]), saves what differs, and tells what happened. Every deadline is a column (`due_at` is the
/// earliest); the [Reconciler] acts on those that have passed and heals what does not fit together. Companies do not
/// wait for each other.
///
/// Threads: any; each transaction stays on its own. The [Ticker] has one thread.
///
/// Never: I/O but the database inside a floor; a change of a call or agent outside of one; a timer in memory only.
///
/// Start reading at [Floor], then [Calls#answer].
@NullMarked
package dev.patchbay.server.calls;

import org.jspecify.annotations.NullMarked;
