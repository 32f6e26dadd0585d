package dev.patchbay.server.calls;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Json;
import dev.patchbay.model.Lead;
import dev.patchbay.model.Offer;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.ParticipantStatus;
import dev.patchbay.model.Payload;
import dev.patchbay.model.Permission;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.Signal;
import dev.patchbay.model.UserId;
import dev.patchbay.model.VisitorCall;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A company's calls and agents inside one transaction that holds the routing lock: what is read here is the truth
/// until the commit.
///
/// Use cases change the objects; [#finish] routes what became free, saves what differs, works out places in the queues
/// and tells what happened. Belongs to the transaction's thread.
final class Floor {
    final Transaction transaction;
    final Surroundings around;
    /// This server among those on the same database.
    final UUID node;

    private final Map<CallId, LiveCall> calls = new LinkedHashMap<>();
    private final Map<UserId, LiveAgent> agents = new LinkedHashMap<>();
    private final Map<CallId, VisitorCall> visitorsBefore = new HashMap<>();
    private final Set<CallId> waitedBefore = new HashSet<>();
    private final Set<QueueId> touched = new LinkedHashSet<>();
    private final Map<CallId, Set<EventType>> told = new LinkedHashMap<>();
    private final Set<UserId> agentsTold = new LinkedHashSet<>();
    private final List<Runnable> telling = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Map<QueueId, Queue> queues;
    private boolean routing;
    private boolean membersChanged;

    private record Entry(CallId call, int number, String type, String who, String data) {}

    private Floor(Transaction transaction, Surroundings around, UUID node) {
        this.transaction = transaction;
        this.around = around;
        this.node = node;
    }

    /// Takes the routing lock.
    static Floor lock(Transaction transaction, Surroundings around, UUID node) {
        transaction
                .query("select company_id from routing where company_id = :company for update")
                .mapTo(UUID.class)
                .one();
        return new Floor(transaction, around, node);
    }

    Instant now() {
        return transaction.now();
    }

    /// @throws Refusal 404 when the company has no such call
    LiveCall call(CallId id) {
        LiveCall known = calls.get(id);
        if (known != null) {
            return known;
        }
        LiveCall call = CallTable.find(transaction, id).orElseThrow(() -> Refusal.notFound("call"));
        return add(call);
    }

    /// Takes a call that was read in bulk; the one known already wins.
    LiveCall add(LiveCall call) {
        LiveCall known = calls.putIfAbsent(call.id, call);
        if (known != null) {
            return known;
        }
        if (call.stored != null) {
            call.visitorView().ifPresent(view -> visitorsBefore.put(call.id, view));
            if (call.waits()) {
                waitedBefore.add(call.id);
            }
        }
        return call;
    }

    /// The agent behind a user; a user of the company becomes one when first needed.
    ///
    /// @throws Refusal 404 when the company has no such user
    LiveAgent agent(UserId user) {
        LiveAgent known = agents.get(user);
        if (known != null) {
            return known;
        }
        LiveAgent agent = AgentTable.find(transaction, user).orElseGet(() -> {
            String name = AgentTable.userName(transaction, user).orElseThrow(() -> Refusal.notFound("agent"));
            LiveAgent fresh = new LiveAgent(user, name, now());
            agentsTold.add(user);
            Map<String, @Nullable Object> columns = fresh.columns();
            Row.insert(transaction, "agent", columns);
            fresh.stored = columns;
            joinOnlyQueue(user);
            return fresh;
        });
        return add(agent);
    }

    /// Where there is one queue, nobody needs to be told who takes its calls.
    private void joinOnlyQueue(UserId user) {
        if (queues().size() == 1) {
            QueueId only = queues().keySet().iterator().next();
            transaction
                    .update("insert into queue_agent (company_id, queue_id, user_id) values (:company, :queue, :user)")
                    .bind("queue", only)
                    .bind("user", user)
                    .execute();
            touch(only);
            membersChanged = true;
        }
    }

    void changesMembers() {
        membersChanged = true;
    }

    boolean membersChanged() {
        return membersChanged;
    }

    LiveAgent add(LiveAgent agent) {
        LiveAgent known = agents.putIfAbsent(agent.user, agent);
        return known == null ? agent : known;
    }

    Map<QueueId, Queue> queues() {
        Map<QueueId, Queue> known = queues;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (Queue queue : QueueTable.all(transaction)) {
                known.put(queue.id(), queue);
            }
            queues = known;
        }
        return known;
    }

    /// After a change of rules.
    void forgetQueues() {
        queues = null;
    }

    @Nullable
    Queue queueOf(LiveCall call) {
        return call.queue == null ? null : queues().get(call.queue);
    }

    /// Writes an entry of the call's timeline.
    void note(LiveCall call, String type, String who, Map<String, String> data) {
        call.entries++;
        entries.add(new Entry(call.id, call.entries, type, who, Json.write(new TreeMap<>(data))));
    }

    void note(LiveCall call, String type, String who) {
        note(call, type, who, Map.of());
    }

    /// Remembers which event tells about a change of this call; without one, `call.updated` does.
    void tell(EventType type, LiveCall call) {
        told.computeIfAbsent(call.id, _ -> new LinkedHashSet<>()).add(type);
    }

    void touch(@Nullable QueueId queue) {
        if (queue != null) {
            touched.add(queue);
        }
    }

    /// Somebody became free or a call began to wait: routing runs before the commit.
    void wantsRouting() {
        routing = true;
    }

    /// Moves an agent's state machine, and all that depends on it.
    boolean apply(LiveAgent agent, AgentEvent event) {
        AgentState before = agent.standing.state();
        if (!agent.apply(event, now())) {
            return false;
        }
        agentsTold.add(agent.user);
        if (before != agent.standing.state()) {
            QueueTable.ofAgent(transaction, agent.user).forEach(this::touch);
            if (agent.standing.state() == AgentState.AVAILABLE) {
                wantsRouting();
            }
        }
        return true;
    }

    /// For what changes an agent besides the state: the console came or went, queues, skills.
    void agentChanged(LiveAgent agent) {
        agentsTold.add(agent.user);
        QueueTable.ofAgent(transaction, agent.user).forEach(this::touch);
        wantsRouting();
    }

    /// Tells one agent that a call rings. The offer is written at the end, when the call is as it will be.
    void tellOffer(LiveCall call, Leg leg, UserId user) {
        telling.add(() -> offer(call, leg)
                .ifPresent(offer -> transaction.emit(
                        EventType.CALL_OFFERED, Audience.user(user), call.id, new Payload.OfOffer(offer))));
    }

    /// All that a console needs to set the audio up.
    java.util.Optional<Offer> offer(LiveCall call, Leg leg) {
        return call.customer()
                .map(peer -> new Offer(
                        call.view(),
                        leg.id,
                        peer.id,
                        leg.ringUntil == null ? now() : leg.ringUntil,
                        around.iceServers().forParticipant(leg.id, now()),
                        lead(call)));
    }

    @Nullable
    Lead lead(LiveCall call) {
        return call.lead == null
                ? null
                : around.leads().byId(transaction, call.lead).orElse(null);
    }

    /// The caller's page closes a warm connection whose agent is out of it.
    void tellBye(LiveCall call, Leg from) {
        call.customer().ifPresent(customer -> {
            ParticipantId to = customer.id;
            Signal bye = new Signal(call.id, from.id, to, from.session, Signal.Kind.BYE, null, null, null, null);
            transaction.emit(EventType.PARTICIPANT_SIGNALLED, Audience.visitor(to), call.id, new Payload.OfSignal(bye));
        });
    }

    /// Saves what differs, so that queries see it.
    void flush() {
        calls.values().forEach(this::flush);
        writeEntries();
        for (LiveAgent agent : agents.values()) {
            if (!agent.columns().equals(agent.stored)) {
                if (!agent.counted) {
                    agent.version++;
                    agent.counted = true;
                }
                Map<String, @Nullable Object> columns = agent.columns();
                Row.update(transaction, "agent", "user_id", columns);
                agent.stored = columns;
                agentsTold.add(agent.user);
            }
        }
    }

    private void writeEntries() {
        if (entries.isEmpty()) {
            return;
        }
        var batch = transaction.handle().prepareBatch("""
                        insert into call_event (company_id, call_id, entry, at, type, who, data)
                        values (:company, :call, :entry, :at, :type, :who, %s)
                        """.formatted(
                        transaction.dialect().jsonParameter("data")));
        for (Entry entry : entries) {
            batch.bind("company", transaction.company().value())
                    .bind("call", entry.call().value())
                    .bind("entry", entry.number())
                    .bind("at", now())
                    .bind("type", entry.type())
                    .bind("who", entry.who())
                    .bind("data", entry.data())
                    .add();
        }
        batch.execute();
        entries.clear();
    }

    private void flush(LiveCall call) {
        if (!call.columns().equals(call.stored)) {
            changed(call);
        }
        for (Leg leg : call.legs) {
            Map<String, @Nullable Object> columns = leg.columns();
            if (columns.equals(leg.stored)) {
                continue;
            }
            if (leg.stored == null) {
                Row.insert(transaction, "participant", columns);
            } else {
                Row.update(transaction, "participant", "id", columns);
            }
            leg.stored = columns;
            // What a leg shows is part of the call: its version counts up with it.
            changed(call);
        }
    }

    private void changed(LiveCall call) {
        if (!call.counted) {
            call.version++;
            call.counted = true;
        }
        told.computeIfAbsent(call.id, _ -> new LinkedHashSet<>());
        Map<String, @Nullable Object> columns = call.columns();
        if (columns.equals(call.stored)) {
            return;
        }
        if (call.stored == null) {
            Row.insert(transaction, "call", columns);
        } else {
            Row.update(transaction, "call", "id", columns);
        }
        call.stored = columns;
    }

    /// Routes, saves, and tells. Last in every transaction.
    void finish() {
        flush();
        if (routing) {
            Routing.route(this);
            flush();
        }
        touched.forEach(this::place);
        flush();
        told.forEach(this::emit);
        telling.forEach(Runnable::run);
        for (UserId user : agentsTold) {
            LiveAgent agent = agent(user);
            transaction.emit(
                    EventType.AGENT_STATE_CHANGED,
                    Audience.user(user).and(Audience.holders(Permission.DIRECTORY_VIEW)),
                    user,
                    new Payload.OfAgent(AgentTable.view(transaction, agent)));
        }
    }

    /// Works out who is where in a queue, and tells consoles when its figures changed.
    private void place(QueueId id) {
        Queue queue = queues().get(id);
        if (queue == null) {
            return;
        }
        QueueTable.Figures figures = QueueTable.figures(transaction, id);
        record Waiting(CallId call, int place, @Nullable Integer expected) {}
        List<Waiting> waiting = transaction
                .query("""
                        select id, place, expected_seconds from call
                        where company_id = :company and status in ('queued', 'ringing') and queue_id = :queue
                        order by priority desc, queued_at, id
                        """)
                .bind("queue", id)
                .map((row, _) -> new Waiting(
                        Row.id(row, "id", CallId::new), row.getInt("place"), Row.number(row, "expected_seconds")))
                .list();
        int place = 0;
        for (Waiting one : waiting) {
            place++;
            Integer expected = figures.expectedSeconds(place, queue.handleSeconds());
            if (one.place() != place || !Objects.equals(one.expected(), expected)) {
                LiveCall call = call(one.call());
                call.place = place;
                call.expectedSeconds = expected;
            }
        }
        String shown = figures + " " + queue.rulesVersion();
        if (!shown.equals(queue.shown())) {
            long version = queue.version() + 1;
            transaction
                    .update("update queue set shown = :shown, version = :version"
                            + " where company_id = :company and id = :queue")
                    .bind("shown", shown)
                    .bind("version", version)
                    .bind("queue", id)
                    .execute();
            transaction.emit(
                    EventType.QUEUE_CHANGED,
                    Audience.company(),
                    id,
                    new Payload.OfQueue(QueueTable.view(queue, figures, version)));
        }
    }

    private void emit(CallId id, Set<EventType> types) {
        LiveCall call = call(id);
        Call view = call.view();
        Audience audience = audience(call);
        for (EventType type : types.isEmpty() ? Set.of(EventType.CALL_UPDATED) : types) {
            transaction.emit(type, audience, id, new Payload.OfCall(view));
        }
        VisitorCall before = visitorsBefore.get(id);
        call.visitorView().ifPresent(now -> {
            if (before == null || !sameExceptVersion(before, now)) {
                transaction.emit(EventType.VISITOR_UPDATED, Audience.visitor(now.me()), id, new Payload.OfVisitor(now));
            }
        });
    }

    private static boolean sameExceptVersion(VisitorCall one, VisitorCall other) {
        return new VisitorCall(
                        one.callId(),
                        one.me(),
                        one.status(),
                        one.position(),
                        one.expectedWaitSeconds(),
                        one.agentName(),
                        one.peer(),
                        one.endReason(),
                        one.rating(),
                        other.version())
                .equals(other);
    }

    /// Agents see the calls that wait in their queues, and their own; whoever may see all calls sees all.
    private Audience audience(LiveCall call) {
        Audience audience = Audience.holders(Permission.CALLS_VIEW_ALL).and(Audience.holders(Permission.SUPERVISE));
        if (call.queue != null && (call.waits() || waitedBefore.contains(call.id))) {
            audience = audience.and(Audience.queue(call.queue));
        }
        if (call.agent != null) {
            audience = audience.and(Audience.user(call.agent));
        }
        for (Leg leg : call.legs) {
            boolean justLeft = leg.leftAt != null && leg.leftAt.equals(now());
            if (leg.user != null && (leg.status != ParticipantStatus.LEFT || justLeft)) {
                audience = audience.and(Audience.user(leg.user));
            }
        }
        return audience;
    }
}
