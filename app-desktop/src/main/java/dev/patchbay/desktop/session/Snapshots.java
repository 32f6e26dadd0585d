package dev.patchbay.desktop.session;

import dev.patchbay.model.Call;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Me;
import dev.patchbay.model.Payload;
import dev.patchbay.model.Permission;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills the stores and keeps them true. Loading blocks, on any thread, one at a time; events come on the loop and may
/// cross it.
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final Set<CallStatus> OVER =
            EnumSet.of(CallStatus.CLOSED, CallStatus.ABANDONED, CallStatus.MISSED, CallStatus.FAILED);
    /// Ends of calls kept from events, for the screen that just showed them as going on.
    private static final int ENDS = 200;

    private final Api api;
    private final Stores stores;
    private final Me me;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean complete;

    Snapshots(Api api, Stores stores, Me me) {
        this.api = api;
        this.stores = stores;
        this.me = me;
    }

    /// Whether every list was had since the last reset.
    boolean complete() {
        return complete;
    }

    void load() {
        lock.lock();
        try {
            boolean directory = me.may(Permission.DIRECTORY_VIEW) || me.may(Permission.SUPERVISE);
            boolean calls = me.may(Permission.CALLS_TAKE) || me.may(Permission.CALLS_VIEW_ALL);
            boolean all = load(stores.queues(), directory, api::queues, _ -> false);
            all &= load(stores.agents(), directory, api::agents, _ -> false);
            all &= load(stores.calls(), calls, api::openCalls, call -> OVER.contains(call.status()));
            all &= load(stores.leads(), me.may(Permission.LEADS_VIEW), api::leads, _ -> false);
            complete = all;
        } finally {
            lock.unlock();
        }
    }

    private static <K, V> boolean load(
            Table<K, V> table, boolean allowed, Supplier<? extends Collection<V>> source, Predicate<V> unlisted) {
        table.beginLoading();
        try {
            table.load(allowed ? source.get() : java.util.List.of(), unlisted);
            return true;
        } catch (Refused | Unreachable e) {
            LOG.warn("a list could not be loaded; what was known stays on the screen ({})", e.getMessage());
            table.failed(e);
            return false;
        }
    }

    void apply(EventType type, Payload what) {
        switch (what) {
            case Payload.OfLead(var lead) -> {
                if (type == EventType.LEAD_DELETED) {
                    stores.leads().remove(lead);
                } else {
                    stores.leads().put(lead);
                }
            }
            case Payload.OfCall(var call) -> {
                stores.calls().put(call);
                if (OVER.contains(call.status())) {
                    forgetOldEnds();
                }
            }
            case Payload.OfOffer(var offer) -> stores.calls().put(offer.call());
            case Payload.OfAgent(var agent) -> stores.agents().put(agent);
            case Payload.OfQueue(var queue) -> stores.queues().put(queue);
            case Payload.OfSignal _, Payload.OfVisitor _, Payload.OfPresence _, Payload.OfSettings _ -> {}
        }
    }

    private void forgetOldEnds() {
        var ends = stores.calls().all().stream()
                .filter(call -> OVER.contains(call.status()))
                .toList();
        ends.stream().limit(Math.max(0, ends.size() - ENDS)).forEach((Call old) -> stores.calls()
                .remove(old));
    }
}
