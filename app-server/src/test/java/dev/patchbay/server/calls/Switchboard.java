package dev.patchbay.server.calls;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Id;
import dev.patchbay.model.Me;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.QueueView;
import dev.patchbay.model.Role;
import dev.patchbay.model.Strategy;
import dev.patchbay.model.UserId;
import dev.patchbay.server.TestDatabase;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A company with agents, queues and callers on a real database in memory, and a clock that is set by hand.
final class Switchboard implements AutoCloseable {
    final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-11-21T09:00:00Z"));
    final InstantSource clock = time::get;
    private final TestDatabase store = TestDatabase.fresh();
    final CompanyId company = CompanyId.fresh();
    Database database;
    Floors floors;
    Agents agents;
    Queues queues;
    Choices choices;
    AgentRules rules;
    Calls calls;
    VisitorCalls visitors;
    Reconciler reconciler;
    private VisitorCalls.@Nullable Reception reception;

    Switchboard() {
        this(20);
    }

    Switchboard(int connections) {
        open(connections);
        database.acrossCompanies(handle -> {
            handle.execute(
                    "insert into company (id, slug, name, region) values (?, ?, 'Acme', 'US')",
                    company.value(),
                    slug());
            return handle.execute("insert into event_counter (company_id, seq) values (?, 0)", company.value());
        });
    }

    private String slug() {
        return company.toString();
    }

    private void open(int connections) {
        database = Database.open(store.address(connections), clock);
        floors = new Floors(database, new Surroundings(LeadMatch.NONE, (_, _) -> List.of()));
        agents = new Agents(floors);
        queues = new Queues(floors);
        calls = new Calls(floors, _ -> {});
        choices = new Choices(floors);
        rules = new AgentRules(floors);
        visitors = new VisitorCalls(floors);
        reconciler = new Reconciler(floors);
    }

    /// The server stops and comes back on the same data.
    void restart() {
        database.close();
        open(20);
        reconciler.started();
    }

    void pass(Duration duration) {
        time.updateAndGet(now -> now.plus(duration));
        reconciler.tick();
    }

    QueueView queue(String name, Strategy strategy, @Nullable Integer wrapUpSeconds, boolean dispositionRequired) {
        reception = null;
        return queues.create(
                company, new Queues.Rules(name, strategy, 20, wrapUpSeconds, dispositionRequired, List.of(), null));
    }

    QueueView queue() {
        return queue("Sales", Strategy.LONGEST_IDLE, 30, false);
    }

    Principal.User user(String name, Role role) {
        UserId id = UserId.fresh();
        database.acrossCompanies(handle -> handle.execute(
                "insert into app_user (company_id, id, email, name, password_hash, roles) values (?, ?, ?, ?, '', ?)",
                company.value(),
                id.value(),
                id + "@example.test",
                name,
                role.wire()));
        Me me = new Me(
                id,
                name,
                id + "@example.test",
                Set.of(role),
                role.permissions(),
                new Me.CompanyRef(company, "Acme", slug(), "US"));
        return new Principal.User(me, Id.next());
    }

    /// An agent with a console on the line who is ready, in the queues.
    Principal.User agent(String name, QueueView... in) {
        Principal.User user = user(name, Role.AGENT);
        rules.create(company, user.id(), new AgentRules.Change(null, null, null, null));
        for (QueueView queue : in) {
            join(user, queue.id());
        }
        agents.consoleCame(company, user.id());
        agents.choose(user, AgentState.AVAILABLE, null);
        // Each is idle a little shorter than the one before.
        time.updateAndGet(now -> now.plusMillis(10));
        return user;
    }

    void join(Principal.User user, QueueId queue) {
        List<UserId> members = new java.util.ArrayList<>(queues.memberIds(company, queue));
        members.add(user.id());
        queues.members(company, queue, members);
    }

    Principal.Visitor caller(String name) {
        return caller(name, null);
    }

    Principal.Visitor caller(String name, @Nullable QueueView topic) {
        VisitorCalls.Reception known = reception;
        if (known == null) {
            known = visitors.reception(slug());
            reception = known;
        }
        VisitorCalls.Started started = visitors.start(
                known,
                new VisitorCalls.Wish(
                        name, null, topic == null ? null : topic.id().toString()));
        visitors.came(started.visitor());
        return started.visitor();
    }

    Call call(Principal.Visitor visitor) {
        return call(visitor.call());
    }

    Call call(CallId id) {
        return floors.read(
                company,
                transaction -> CallTable.find(transaction, id).orElseThrow().view());
    }

    AgentView view(Principal.User agent) {
        return agents.view(company, agent.id());
    }

    AgentState state(Principal.User agent) {
        return view(agent).state();
    }

    List<String> timeline(CallId call) {
        return floors.read(company, transaction -> CallTable.timeline(transaction, call).stream()
                .map(entry -> entry.type())
                .toList());
    }

    List<StoredEvent> events() {
        return database.eventsAfter(company, 0, 1_000_000);
    }

    long count(String sql) {
        return database.acrossCompanies(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /// What must hold at every moment, over everything there ever was.
    List<String> violations() {
        List<String> found = new java.util.ArrayList<>(liveViolations());
        expectNone(found, "more than one talking agent", """
                select count(*) from (select call_id from participant where kind = 'agent' and status = 'joined'
                group by call_id having count(*) > 1) two""");
        expectNone(found, "zombie leg", """
                select count(*) from participant p join call c on c.company_id = p.company_id and c.id = p.call_id
                where p.status <> 'left' and c.status in ('wrapUp', 'closed', 'abandoned', 'missed', 'failed')""");
        expectNone(found, "ringing leg beside an answer", """
                select count(*) from participant p join call c on c.company_id = p.company_id and c.id = p.call_id
                where p.status = 'ringing' and c.status <> 'ringing'""");
        expectNone(found, "ringing leg of an agent who does not ring", """
                select count(*) from participant p where p.status = 'ringing' and not exists (
                select 1 from agent a where a.company_id = p.company_id and a.user_id = p.user_id and a.state = 'ringing' and a.call_id = p.call_id)""");
        expectNone(found, "gap in a timeline", """
                select count(*) from call c where c.entries <> (select count(*) from call_event e where e.company_id = c.company_id and e.call_id = c.id)
                or c.entries <> (select coalesce(max(entry), 0) from call_event e where e.company_id = c.company_id and e.call_id = c.id)""");
        expectNone(found, "place of a call that does not wait", """
                select count(*) from call where status not in ('queued', 'ringing') and place <> 0""");
        return found;
    }

    /// The part of it that concerns live calls; cheap however many are over.
    List<String> liveViolations() {
        List<String> found = new java.util.ArrayList<>();
        expectNone(found, "agent without live call", """
                select count(*) from agent a where a.state in ('ringing', 'onCall', 'wrapUp') and not exists (
                select 1 from call c where c.company_id = a.company_id and c.id = a.call_id and (
                a.state = 'ringing' and c.status = 'ringing'
                or a.state = 'onCall' and c.status in ('active', 'held') and c.agent_id = a.user_id
                or a.state = 'wrapUp' and c.status = 'wrapUp' and c.agent_id = a.user_id))""");
        expectNone(found, "idle agent with a call", """
                select count(*) from agent where state not in ('ringing', 'onCall', 'wrapUp') and call_id is not null""");
        expectNone(found, "call without owner", """
                select count(*) from call c where c.status in ('active', 'held', 'wrapUp') and not exists (
                select 1 from agent a where a.company_id = c.company_id and a.user_id = c.agent_id and a.call_id = c.id)""");
        expectNone(found, "ringing call without leg", """
                select count(*) from call c where c.status = 'ringing' and not exists (
                select 1 from participant p where p.company_id = c.company_id and p.call_id = c.id and p.status = 'ringing')""");
        expectNone(found, "wrong place in a queue", """
                select count(*) from (select c.place, row_number() over (partition by queue_id
                order by priority desc, queued_at, id) as nth from call c where status in ('queued', 'ringing')) x
                where x.place <> x.nth""");
        return found;
    }

    private void expectNone(List<String> found, String what, String sql) {
        long count = count(sql);
        if (count != 0) {
            found.add(count + " × " + what);
        }
    }

    List<Principal.User> agents(int count, QueueView queue) {
        return IntStream.range(0, count)
                .mapToObj(n -> agent("Agent " + n, queue))
                .toList();
    }

    @Override
    public void close() {
        database.close();
        store.drop();
    }
}
