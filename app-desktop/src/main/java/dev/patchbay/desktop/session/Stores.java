package dev.patchbay.desktop.session;

import dev.patchbay.model.AgentView;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.QueueView;
import dev.patchbay.model.UserId;
import java.util.concurrent.Executor;

/// What the console knows of the company, kept true by events.
///
/// `calls` holds those that wait, ring or go on, and the ends of those that ended while this console watched; the
/// history beyond is asked for by page, from [Api#calls].
public final class Stores {
    private final Table<CallId, Call> calls;
    private final Table<UserId, AgentView> agents;
    private final Table<QueueId, QueueView> queues;
    private final Table<LeadId, Lead> leads;

    /// @param screen the thread on which listeners and properties change
    public Stores(Executor screen) {
        calls = new Table<>(Call::id, Call::version, screen);
        agents = new Table<>(AgentView::userId, AgentView::version, screen);
        queues = new Table<>(QueueView::id, QueueView::version, screen);
        leads = new Table<>(Lead::id, Lead::version, screen);
    }

    public Table<CallId, Call> calls() {
        return calls;
    }

    public Table<UserId, AgentView> agents() {
        return agents;
    }

    public Table<QueueId, QueueView> queues() {
        return queues;
    }

    public Table<LeadId, Lead> leads() {
        return leads;
    }
}
