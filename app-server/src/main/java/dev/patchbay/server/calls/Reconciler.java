package dev.patchbay.server.calls;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Acts on deadlines that have passed, and heals what does not fit together. Everything it looks at is in the database,
/// so that it goes on where the server before it stopped.
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Floors floors;

    public Reconciler(Floors floors) {
        this.floors = floors;
    }

    /// Once, at the start of a server that is alone: nobody is on the line yet, and everybody has time to come back
    /// before anything is given up.
    public void started() {
        Instant now = floors.database().now();
        floors.database().acrossCompanies(handle -> handle.createUpdate("delete from node_line where node_id <> :self")
                .bind("self", floors.node())
                .execute());
        List<CompanyId> companies = companies("""
                select distinct company_id from agent where connected
                union select distinct company_id from call where status in ('queued', 'ringing', 'active', 'held')
                """, now);
        companies.forEach(company -> floors.change(company, floor -> {
            Instant from = now.plus(Deadlines.RESTART);
            for (LiveAgent agent : AgentTable.all(floor.transaction)) {
                if (agent.connected) {
                    LiveAgent known = floor.add(agent);
                    known.connected = false;
                    known.goneAt = from;
                    floor.agentChanged(known);
                }
            }
            for (LiveCall read : live(floor)) {
                LiveCall call = floor.add(read);
                for (Leg leg : call.legs) {
                    boolean caller = !leg.isAgent() && leg.leftAt == null;
                    if (caller && (leg.goneAt == null || leg.goneAt.isBefore(from))) {
                        leg.goneAt = from;
                    }
                    if (leg.leftAt == null) {
                        leg.connected = false;
                    }
                    ringOn(leg, now);
                }
                floor.note(call, "serverRestarted", "");
            }
            return () -> true;
        }));
    }

    /// Takes over what nodes that are no more had on the line: whoever has not come back through another node has time
    /// to do so, as after a start. Any node may do it; the first one finds something.
    public void takeOver() {
        List<UUID> gone = floors.database().acrossCompanies(handle -> handle.createQuery("""
                        select distinct node_id from node_line l
                        where not exists (select 1 from node n where n.id = l.node_id) and node_id <> :self
                        """)
                .bind("self", floors.node())
                .mapTo(UUID.class)
                .list());
        for (UUID node : gone) {
            List<CompanyId> companies = floors.database().acrossCompanies(handle -> handle.createQuery(
                            "select distinct company_id from node_line where node_id = :node")
                    .bind("node", node)
                    .map((row, _) -> new CompanyId(row.getObject("company_id", UUID.class)))
                    .list());
            companies.forEach(company -> takeOver(company, node));
        }
    }

    private void takeOver(CompanyId company, UUID node) {
        int lost = floors.change(company, floor -> {
            Set<UUID> subjects = Lines.lost(floor.transaction, node);
            Instant from = floor.now().plus(Deadlines.RESTART);
            for (LiveAgent read : AgentTable.all(floor.transaction)) {
                if (read.connected && subjects.contains(read.user.value())) {
                    LiveAgent agent = floor.add(read);
                    agent.connected = false;
                    agent.goneAt = from;
                    floor.agentChanged(agent);
                }
            }
            for (LiveCall read : live(floor)) {
                LiveCall call = floor.add(read);
                List<Leg> legs = call.legs.stream()
                        .filter(leg -> leg.leftAt == null && subjects.contains(subject(leg)))
                        .toList();
                legs.forEach(leg -> {
                    leg.connected = false;
                    if (!leg.isAgent()) {
                        leg.goneAt = from;
                    }
                    ringOn(leg, floor.now());
                });
                if (!legs.isEmpty()) {
                    floor.note(call, "nodeLost", "");
                }
            }
            return subjects::size;
        });
        if (lost > 0) {
            LOG.warn(
                    "{} of company {} were on the line through a node that is no more; they have {} to come back",
                    lost,
                    company,
                    Deadlines.RESTART);
        }
    }

    private static UUID subject(Leg leg) {
        return leg.user == null ? leg.id.value() : leg.user.value();
    }

    private static void ringOn(Leg leg, Instant now) {
        if (leg.rings()) {
            Instant longer = now.plus(Deadlines.RESTART).plus(Deadlines.CONSOLE);
            leg.ringUntil = leg.ringUntil == null || leg.ringUntil.isBefore(longer) ? longer : leg.ringUntil;
        }
    }

    /// The wall clock was set, or the machine slept: every running deadline moves along, so that nothing ends early and
    /// nothing lasts longer by as much.
    void clockJumped(Duration by) {
        companies("""
                select distinct company_id from agent where state <> 'offline'
                union select distinct company_id from call
                where status in ('queued', 'ringing', 'active', 'held', 'wrapUp')
                """, floors.database().now())
                .forEach(company -> floors.change(company, floor -> {
                    AgentTable.all(floor.transaction)
                            .forEach(agent -> floor.add(agent).move(by));
                    for (LiveCall read : live(floor)) {
                        LiveCall call = floor.add(read);
                        call.move(by);
                        floor.note(call, "clockSet", "", Map.of("seconds", String.valueOf(by.toSeconds())));
                    }
                    return () -> true;
                }));
        LOG.warn("the clock was set by {}; the deadlines of calls and agents moved along", by);
    }

    /// What is due, and what does not fit together.
    ///
    /// @return how many things it found wrong and healed
    public int tick() {
        deadlines();
        return heal();
    }

    /// Acts on every deadline that has passed.
    void deadlines() {
        companies("""
                select distinct company_id from call where due_at <= :now
                union select distinct company_id from agent where due_at <= :now
                """, floors.database().now()).forEach(this::deadlines);
    }

    /// @return how many things it found wrong and healed
    int heal() {
        Instant now = floors.database().now();
        int healed = 0;
        for (CompanyId company : companies(MISFITS, now)) {
            healed += heal(company);
        }
        return healed;
    }

    private List<CompanyId> companies(String sql, Instant now) {
        return floors.database().acrossCompanies((Handle handle) -> {
            var query = handle.createQuery(sql);
            if (sql.contains(":now")) {
                query.bind("now", now);
            }
            return query.map((row, _) -> new CompanyId(row.getObject("company_id", UUID.class)))
                    .list();
        });
    }

    private void deadlines(CompanyId company) {
        floors.change(company, floor -> {
            Instant now = floor.now();
            var due = floor.transaction
                    .query(CallTable.SELECT + " and c.due_at <= :now order by c.due_at")
                    .bind("now", now);
            CallTable.read(floor.transaction, due).forEach(call -> deadlines(floor, floor.add(call), now));
            List<UserId> lost = floor.transaction
                    .query("select user_id from agent where company_id = :company and due_at <= :now")
                    .bind("now", now)
                    .map((row, _) -> Row.id(row, "user_id", UserId::new))
                    .list();
            for (UserId user : lost) {
                LiveAgent agent = floor.agent(user);
                if (past(agent.lostAt(), now)) {
                    Agents.lost(floor, agent);
                }
            }
            return () -> true;
        });
    }

    private static boolean past(@org.jspecify.annotations.Nullable Instant time, Instant now) {
        return time != null && !time.isAfter(now);
    }

    private static void deadlines(Floor floor, LiveCall call, Instant now) {
        if (past(call.callerLostAt(), now) && !stillHeard(floor, call)) {
            Endings.callerLeft(floor, call, "callerLost");
        }
        if (call.waits()) {
            for (Leg leg : List.copyOf(call.legs)) {
                if (leg.rings() && past(leg.ringUntil, now)) {
                    Routing.endOffer(floor, call, leg, "noAnswer", new AgentEvent.RangOut(call.id));
                }
            }
            if (past(call.assignedUntil, now)) {
                call.assigned = null;
                call.assignedUntil = null;
                floor.note(call, "assignmentEnded", "");
                floor.wantsRouting();
            }
            if (past(call.giveUpAt, now)) {
                Endings.giveUp(floor, call, "noAgent");
            }
        }
        if (call.status == CallStatus.WRAP_UP && past(call.wrapUpUntil, now) && call.agent != null) {
            Queue queue = floor.queueOf(call);
            if (queue != null && queue.dispositionRequired() && call.disposition == null) {
                // It waits for the agent from here on: how the call went is not known yet.
                call.wrapUpUntil = null;
            } else {
                Endings.wrappedUp(floor, call, floor.agent(call.agent), "wrapUpTimeOut");
            }
        }
    }

    /// A caller whose page lost its socket may still talk: the audio does not pass the server. A page that said it is
    /// being left does not.
    private static boolean stillHeard(Floor floor, LiveCall call) {
        boolean away = call.customer().filter(leg -> leg.away).isPresent();
        return call.talks()
                && !away
                && call.agent != null
                && floor.agent(call.agent).connected
                && call.agentLeg().filter(leg -> "connected".equals(leg.media)).isPresent();
    }

    /// Agents who seem to have a call that does not have them, and calls whose agent does not know of them.
    private static final String MISFITS = """
            select distinct a.company_id from agent a
            where a.state in ('ringing', 'onCall', 'wrapUp') and not exists (
                select 1 from call c where c.company_id = a.company_id and c.id = a.call_id and (
                    a.state = 'ringing' and c.status = 'ringing' and exists (select 1 from participant p
                        where p.company_id = c.company_id and p.call_id = c.id
                        and p.user_id = a.user_id and p.status = 'ringing')
                    or a.state = 'onCall' and c.status in ('active', 'held') and c.agent_id = a.user_id
                    or a.state = 'wrapUp' and c.status = 'wrapUp' and c.agent_id = a.user_id))
            union
            select distinct c.company_id from call c
            where c.status in ('active', 'held', 'wrapUp') and not exists (
                select 1 from agent a where a.company_id = c.company_id and a.user_id = c.agent_id
                and a.call_id = c.id and (a.state = 'onCall' and c.status <> 'wrapUp'
                    or a.state = 'wrapUp' and c.status = 'wrapUp'))
            union
            select distinct c.company_id from call c
            where c.status = 'ringing' and not exists (
                select 1 from participant p where p.company_id = c.company_id and p.call_id = c.id
                and p.status = 'ringing')
            """;

    private int heal(CompanyId company) {
        List<String> healed = floors.change(company, floor -> {
            List<String> found = new ArrayList<>();
            for (LiveAgent read : AgentTable.all(floor.transaction)) {
                LiveAgent agent = floor.add(read);
                if (agent.standing.busy() && !fits(floor, agent)) {
                    found.add("agent " + agent.user + " was "
                            + agent.standing.state().wire() + " without a call");
                    CallId id = agent.standing.call();
                    floor.apply(agent, new AgentEvent.Freed("healed"));
                    if (id != null) {
                        CallTable.find(floor.transaction, id)
                                .map(floor::add)
                                .ifPresent(call -> floor.note(call, "healed", "", Map.of("agent", agent.name)));
                    }
                }
            }
            for (LiveCall read : live(floor)) {
                healCall(floor, floor.add(read), found);
            }
            floor.wantsRouting();
            return () -> found;
        });
        healed.forEach(what -> LOG.warn("healed in company {}: {}; the timeline says so too", company, what));
        return healed.size();
    }

    private static void healCall(Floor floor, LiveCall call, List<String> found) {
        UserId user = call.agent;
        if (call.status == CallStatus.RINGING && call.ringing().findAny().isEmpty()) {
            found.add("call " + call.id + " rang at nobody");
            call.status = CallStatus.QUEUED;
            floor.note(call, "healed", "", Map.of("was", "ringing"));
        } else if (call.talks() || call.status == CallStatus.WRAP_UP) {
            if (user == null) {
                found.add("call " + call.id + " had no agent");
                call.status = CallStatus.QUEUED;
                call.queuedAt = floor.now();
                floor.note(call, "healed", "", Map.of("was", "without an owner"));
            } else if (!call.id.equals(floor.agent(user).standing.call())) {
                found.add("call " + call.id + " belonged to an agent who had another");
                String was = call.status.wire();
                if (call.talks()) {
                    call.apply(new CallEvent.AgentLost(user));
                    call.agentLeg().ifPresent(leg -> leg.leave(floor.now(), "lost"));
                    call.queuedAt = floor.now();
                    call.priority = 1_000;
                } else {
                    call.apply(new CallEvent.WrappedUp(user));
                    call.wrapUpUntil = null;
                }
                floor.note(call, "healed", "", Map.of("was", was));
            }
        }
        floor.touch(call.queue);
    }

    private static boolean fits(Floor floor, LiveAgent agent) {
        CallId id = agent.standing.call();
        if (id == null) {
            return false;
        }
        LiveCall call = CallTable.find(floor.transaction, id).map(floor::add).orElse(null);
        if (call == null) {
            return false;
        }
        AgentState state = agent.standing.state();
        return state == AgentState.RINGING && call.ringingAt(agent.user).isPresent()
                || state == AgentState.ON_CALL && call.talks() && agent.user.equals(call.agent)
                || state == AgentState.WRAP_UP && call.status == CallStatus.WRAP_UP && agent.user.equals(call.agent);
    }

    private static List<LiveCall> live(Floor floor) {
        return CallTable.read(
                floor.transaction,
                floor.transaction.query(
                        CallTable.SELECT + " and c.status in ('queued', 'ringing', 'active', 'held', 'wrapUp')"));
    }
}
