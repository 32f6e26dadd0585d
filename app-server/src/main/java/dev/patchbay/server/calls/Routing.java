package dev.patchbay.server.calls;

import dev.patchbay.model.CallId;
import dev.patchbay.model.EventType;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.ParticipantKind;
import dev.patchbay.model.ParticipantStatus;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.Strategy;
import dev.patchbay.model.UserId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings waiting calls and free agents together. Runs inside a transaction that holds the routing lock.
final class Routing {
    /// Waiting calls looked at in one go; whoever is behind them is looked at when the queue moves.
    private static final int LOOK_AHEAD = 500;

    private Routing() {}

    private record Free(LiveAgent agent, Set<QueueId> queues, Set<String> skills) {
        boolean fits(Queue queue) {
            return queues.contains(queue.id()) && skills.containsAll(queue.skills());
        }
    }

    private record Waiting(
            CallId call,
            QueueId queue,
            @Nullable UserId assigned,
            @Nullable UserId lastAgent) {}

    /// Offers calls in queue order until nobody who is free fits any that waits.
    static void route(Floor floor) {
        Map<UserId, Free> free = free(floor);
        if (free.isEmpty()) {
            return;
        }
        for (Waiting waiting : waiting(floor)) {
            Queue queue = floor.queues().get(waiting.queue());
            if (queue == null) {
                continue;
            }
            List<Free> candidates = candidates(waiting, queue, free);
            if (candidates.isEmpty()) {
                continue;
            }
            LiveCall call = floor.call(waiting.call());
            List<Free> chosen = queue.strategy() == Strategy.RING_ALL
                    ? candidates
                    : List.of(candidates.stream()
                            .min(order(floor, queue.strategy()))
                            .orElseThrow());
            for (Free one : chosen) {
                offer(floor, call, one.agent(), queue);
                free.remove(one.agent().user);
            }
            if (free.isEmpty()) {
                return;
            }
        }
    }

    /// Not the agent who had this call last, as long as there is another.
    private static List<Free> candidates(Waiting waiting, Queue queue, Map<UserId, Free> free) {
        List<Free> fitting = free.values().stream()
                .filter(one -> waiting.assigned() == null
                        ? one.fits(queue)
                        : waiting.assigned().equals(one.agent().user))
                .toList();
        List<Free> others = fitting.stream()
                .filter(one -> !one.agent().user.equals(waiting.lastAgent()))
                .toList();
        return others.isEmpty() ? fitting : others;
    }

    private static Comparator<Free> order(Floor floor, Strategy strategy) {
        Comparator<Free> longestIdle = Comparator.comparing((Free one) -> one.agent().idleSince)
                .thenComparing(one -> one.agent().user.value());
        return switch (strategy) {
            case LONGEST_IDLE, RING_ALL -> longestIdle;
            case ROUND_ROBIN ->
                Comparator.comparing(
                                (Free one) -> one.agent().offeredAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(longestIdle);
            case FEWEST_CALLS -> {
                Map<UserId, Integer> answered = answeredToday(floor);
                yield Comparator.comparing((Free one) -> answered.getOrDefault(one.agent().user, 0))
                        .thenComparing(longestIdle);
            }
        };
    }

    private static Map<UserId, Integer> answeredToday(Floor floor) {
        Map<UserId, Integer> answered = new HashMap<>();
        floor.transaction
                .query("""
                        select agent_id, count(*) as calls from call
                        where company_id = :company and agent_id is not null and answered_at >= :day group by agent_id
                        """)
                .bind("day", floor.now().atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS))
                .map((row, _) -> Map.entry(Row.id(row, "agent_id", UserId::new), row.getInt("calls")))
                .forEach(entry -> answered.put(entry.getKey(), entry.getValue()));
        return answered;
    }

    private static Map<UserId, Free> free(Floor floor) {
        Map<UserId, Set<QueueId>> queues = new HashMap<>();
        Map<UserId, Set<String>> skills = new HashMap<>();
        List<UserId> users = new ArrayList<>();
        floor.transaction
                .query("""
                        select a.user_id, m.queue_id, s.skill from agent a
                        left join queue_agent m on m.company_id = a.company_id and m.user_id = a.user_id
                        left join agent_skill s on s.company_id = a.company_id and s.user_id = a.user_id
                        where a.company_id = :company and a.state = 'available' and a.connected
                        order by a.idle_since, a.user_id
                        """)
                .map((row, _) -> {
                    UserId user = Row.id(row, "user_id", UserId::new);
                    if (!queues.containsKey(user)) {
                        users.add(user);
                    }
                    Set<QueueId> member = queues.computeIfAbsent(user, _ -> new HashSet<>());
                    QueueId queue = Row.idOrNull(row, "queue_id", QueueId::new);
                    if (queue != null) {
                        member.add(queue);
                    }
                    Set<String> has = skills.computeIfAbsent(user, _ -> new HashSet<>());
                    String skill = row.getString("skill");
                    if (skill != null) {
                        has.add(skill);
                    }
                    return user;
                })
                .list();
        Map<UserId, Free> free = new LinkedHashMap<>();
        for (UserId user : users) {
            free.put(
                    user,
                    new Free(
                            floor.agent(user),
                            Objects.requireNonNull(queues.get(user)),
                            Objects.requireNonNull(skills.get(user))));
        }
        return free;
    }

    /// In queue order; a ringing call is among them only where everybody rings and somebody became free meanwhile.
    private static List<Waiting> waiting(Floor floor) {
        return floor.transaction
                .query("""
                        select c.id, c.queue_id, c.assigned_id, c.last_agent_id from call c
                        join queue q on q.company_id = c.company_id and q.id = c.queue_id
                        where c.company_id = :company
                        and (c.status = 'queued' or c.status = 'ringing' and q.strategy = 'ringAll' and c.assigned_id is null)
                        order by c.priority desc, c.queued_at, c.id limit :limit
                        """)
                .bind("limit", LOOK_AHEAD)
                .map((row, _) -> new Waiting(
                        Row.id(row, "id", CallId::new),
                        Row.id(row, "queue_id", QueueId::new),
                        Row.idOrNull(row, "assigned_id", UserId::new),
                        Row.idOrNull(row, "last_agent_id", UserId::new)))
                .list();
    }

    private static void offer(Floor floor, LiveCall call, LiveAgent agent, Queue queue) {
        if (!call.apply(new CallEvent.Offered(agent.user))) {
            return;
        }
        Leg leg = new Leg(
                ParticipantId.fresh(),
                call.id,
                ParticipantKind.AGENT,
                agent.user,
                agent.name,
                floor.now(),
                ParticipantStatus.RINGING);
        leg.connected = true;
        leg.ringUntil = floor.now().plusSeconds(queue.ringSeconds());
        call.legs.add(leg);
        if (call.ringingAt == null) {
            call.ringingAt = floor.now();
        }
        call.lastAgent = agent.user;
        agent.offeredAt = floor.now();
        floor.apply(agent, new AgentEvent.Offered(call.id, call.caller.name()));
        floor.note(call, "offered", "", Map.of("agent", agent.name));
        floor.tell(EventType.CALL_RINGING, call);
        floor.tellOffer(call, leg, agent.user);
        floor.touch(call.queue);
    }

    /// It rings no longer at one agent; the call keeps its place and is offered elsewhere before the commit.
    ///
    /// @param reason why the leg left: `noAnswer`, `declined`, `lost`
    static void endOffer(Floor floor, LiveCall call, Leg leg, String reason, AgentEvent event) {
        if (leg.user == null || !call.apply(new CallEvent.OfferEnded(leg.user))) {
            return;
        }
        if (leg.user.equals(call.assigned)) {
            call.assigned = null;
            call.assignedUntil = null;
        }
        leg.leave(floor.now(), reason);
        floor.apply(floor.agent(leg.user), event);
        floor.note(call, reason, leg.name);
        floor.tell(EventType.PARTICIPANT_LEFT, call);
        floor.tellBye(call, leg);
        floor.touch(call.queue);
        floor.wantsRouting();
    }

    /// The call is settled (answered, abandoned, given up, assigned): it stops ringing at everybody else.
    ///
    /// @param reason why the legs left, also told to the agents as the reason of their state
    static void withdraw(Floor floor, LiveCall call, @Nullable Leg except, String reason, String who) {
        for (Leg leg : call.legs) {
            if (leg == except || leg.user == null || !leg.rings()) {
                continue;
            }
            leg.leave(floor.now(), reason);
            floor.apply(floor.agent(leg.user), new AgentEvent.Withdrawn(call.id, reason, who));
            floor.note(call, reason, leg.name);
            floor.tellBye(call, leg);
        }
        floor.wantsRouting();
    }

    /// The winner. Whoever comes after finds the call taken.
    static Leg answer(Floor floor, LiveCall call, LiveAgent agent) {
        Leg leg = call.ringingAt(agent.user).orElse(null);
        call.apply(new CallEvent.Answered(agent.user));
        if (leg == null) {
            leg = new Leg(
                    ParticipantId.fresh(),
                    call.id,
                    ParticipantKind.AGENT,
                    agent.user,
                    agent.name,
                    floor.now(),
                    ParticipantStatus.RINGING);
            leg.connected = agent.connected;
            call.legs.add(leg);
        }
        leg.join(floor.now());
        call.agentName = agent.name;
        call.answeredAt = floor.now();
        withdraw(floor, call, leg, "answeredElsewhere", agent.name);
        floor.apply(agent, new AgentEvent.Answered(call.id, call.caller.name()));
        floor.note(call, "answered", agent.name);
        floor.tell(EventType.CALL_ANSWERED, call);
        floor.touch(call.queue);
        return leg;
    }
}
