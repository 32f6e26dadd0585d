package dev.patchbay.server.calls;

import dev.patchbay.model.CallStatus;
import dev.patchbay.model.EventType;
import dev.patchbay.model.UserId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How calls end, and how an agent gets free again. Runs inside a transaction that holds the routing lock.
final class Endings {
    private Endings() {}

    /// The caller hung up (`callerHangup`) or was lost (`callerLost`). Before an answer the call is abandoned and stops
    /// ringing everywhere at once.
    static void callerLeft(Floor floor, LiveCall call, String reason) {
        if (call.waits()) {
            call.apply(new CallEvent.CallerLeft(false));
            ended(floor, call, reason, call.caller.name());
            Routing.withdraw(floor, call, null, reason, call.caller.name());
            return;
        }
        if (call.talks()) {
            boolean wrapUp = wrapsUp(floor, call);
            UserId agent = call.agent;
            call.apply(new CallEvent.CallerLeft(wrapUp));
            talkEnded(floor, call, agent, wrapUp, reason, call.caller.name());
        }
    }

    static void agentLeft(Floor floor, LiveCall call, LiveAgent agent) {
        boolean wrapUp = wrapsUp(floor, call);
        if (call.apply(new CallEvent.AgentLeft(agent.user, wrapUp))) {
            talkEnded(floor, call, agent.user, wrapUp, "agentHangup", agent.name);
        }
    }

    /// Nobody answered in the time a caller may wait.
    static void giveUp(Floor floor, LiveCall call, String reason) {
        if (call.waits() && call.apply(new CallEvent.GivenUp())) {
            ended(floor, call, reason, "");
            Routing.withdraw(floor, call, null, reason, "");
        }
    }

    /// It cannot be carried any further; used where the reconciler finds no better way.
    static void broken(Floor floor, LiveCall call, String reason) {
        UserId agent = call.agent;
        if (call.apply(new CallEvent.Broken())) {
            ended(floor, call, reason, "");
            Routing.withdraw(floor, call, null, reason, "");
            if (agent != null) {
                floor.apply(floor.agent(agent), new AgentEvent.TalkEnded(call.id, false, reason));
            }
        }
    }

    /// The agent's console and audio are gone, the caller is still there: back to the front of the queue.
    static void agentLost(Floor floor, LiveCall call, LiveAgent agent) {
        if (!call.apply(new CallEvent.AgentLost(agent.user))) {
            return;
        }
        call.agentLeg().ifPresent(leg -> {
            leg.leave(floor.now(), "lost");
            floor.tellBye(call, leg);
        });
        call.customer().ifPresent(customer -> customer.held = false);
        call.priority = 1_000;
        call.queuedAt = floor.now();
        Queue queue = floor.queueOf(call);
        call.giveUpAt = queue == null ? null : floor.now().plusSeconds(queue.maxWaitSeconds());
        floor.apply(agent, new AgentEvent.ConsoleLost());
        floor.note(call, "requeued", "", Map.of("reason", "consoleLost", "agent", agent.name));
        floor.tell(EventType.CALL_QUEUED, call);
        floor.touch(call.queue);
        floor.wantsRouting();
    }

    /// @param because `wrapUpDone` or `wrapUpTimeOut`
    static void wrappedUp(Floor floor, LiveCall call, LiveAgent agent, String because) {
        if (!call.apply(new CallEvent.WrappedUp(agent.user))) {
            return;
        }
        call.wrapUpUntil = null;
        floor.apply(agent, new AgentEvent.WrapUpDone(call.id, because));
        floor.note(call, because, because.equals("wrapUpDone") ? agent.name : "");
        floor.tell(EventType.CALL_WRAPPED_UP, call);
        learn(floor, call);
    }

    private static boolean wrapsUp(Floor floor, LiveCall call) {
        Queue queue = floor.queueOf(call);
        return queue == null || queue.wrapsUp(call.disposition);
    }

    private static void talkEnded(
            Floor floor, LiveCall call, @Nullable UserId agent, boolean wrapUp, String reason, String who) {
        ended(floor, call, reason, who);
        if (agent == null) {
            return;
        }
        Queue queue = floor.queueOf(call);
        Integer seconds = queue == null ? Integer.valueOf(60) : queue.wrapUpSeconds();
        call.wrapUpUntil =
                wrapUp && seconds != null && seconds > 0 ? floor.now().plusSeconds(seconds) : null;
        String because = reason.equals("agentHangup") ? "agentHungUp" : "callerHungUp";
        floor.apply(floor.agent(agent), new AgentEvent.TalkEnded(call.id, wrapUp, because));
        if (call.status == CallStatus.CLOSED) {
            learn(floor, call);
        }
    }

    private static void ended(Floor floor, LiveCall call, String reason, String who) {
        call.endedAt = floor.now();
        call.endReason = reason;
        call.wrapUpUntil = null;
        for (Leg leg : call.legs) {
            if (leg.isIn()) {
                leg.leave(floor.now(), "hangup");
            }
        }
        floor.note(call, "ended", who, Map.of("reason", reason, "status", call.status.wire()));
        floor.tell(EventType.CALL_ENDED, call);
        floor.touch(call.queue);
        floor.wantsRouting();
    }

    /// The expected wait follows what calls take lately: each call counts for a fifth.
    private static void learn(Floor floor, LiveCall call) {
        Queue queue = floor.queueOf(call);
        if (queue == null || call.answeredAt == null) {
            return;
        }
        long took = Math.clamp(Duration.between(call.answeredAt, floor.now()).toSeconds(), 10L, 3_600L);
        int handle = Math.toIntExact((queue.handleSeconds() * 4L + took) / 5);
        floor.transaction
                .update("update queue set handle_seconds = :handle where company_id = :company and id = :queue")
                .bind("handle", handle)
                .bind("queue", queue.id())
                .execute();
    }
}
