package dev.patchbay.desktop.softphone;

import dev.patchbay.desktop.line.Leg;
import dev.patchbay.desktop.line.LegState;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.Lead;
import dev.patchbay.model.Offer;
import dev.patchbay.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the call dock shows. One step of it is [#after], a pure function: late, duplicate and reordered news leave the
/// state as it is, or correct it.
public sealed interface DockState {
    DockState IDLE = new Idle();

    /// No call.
    record Idle() implements DockState {}

    /// One call or several ring here.
    ///
    /// @param offers oldest first
    /// @param answering the one the agent is taking; the server has not said yet who gets it
    record Ringing(List<Offer> offers, @Nullable CallId answering) implements DockState {
        public Ringing {
            offers = List.copyOf(offers);
        }

        public Optional<Offer> offer(CallId call) {
            return offers.stream()
                    .filter(offer -> offer.call().id().equals(call))
                    .findFirst();
        }
    }

    /// The agent has a call.
    ///
    /// @param sound how the connection to the other side stands
    /// @param muted whether the own voice is off
    /// @param held as asked for here; the server's word, once it comes, is the truth
    record InCall(Call call, Leg leg, @Nullable Lead lead, LegState sound, boolean muted, boolean held)
            implements DockState {}

    /// The call is over and is written up.
    ///
    /// @param sent whether the agent is done and the server has yet to say so
    record WrapUp(Call call, @Nullable Lead lead, boolean sent) implements DockState {}

    /// What moves the dock.
    sealed interface News {
        /// The server offers a call.
        record Offered(Offer offer) implements News {}

        /// The server says how a call stands.
        record Changed(Call call) implements News {}

        /// The agent takes one of those that ring.
        record Answering(CallId call) implements News {}

        /// The agent's answer won.
        record Answered(Call call, Offer offer) implements News {}

        /// This call does not ring here any more: declined, lost to a colleague, gone.
        record Gone(CallId call) implements News {}

        /// The answer did not reach the server; the call may still ring.
        record NotAnswered(CallId call) implements News {}

        record Muted(boolean on) implements News {}

        record Held(CallId call, boolean on) implements News {}

        /// The agent hung up: from here on it is over, whatever the line to the server does.
        record HungUp(CallId call) implements News {}

        record Sound(Leg leg, LegState state) implements News {}

        record WrapUpSent(CallId call, boolean sent) implements News {}

        record LeadFound(CallId call, @Nullable Lead lead) implements News {}

        /// The whole truth, as the server gave it when asked.
        ///
        /// @param leg the leg of `call`; null when it has none (wrap-up)
        /// @param muted whether the voice process has the own voice off, for a window that comes to a call
        /// under way
        record Truth(
                List<Offer> offers,
                @Nullable Call call,
                @Nullable Leg leg,
                @Nullable Lead lead,
                boolean muted) implements News {
            public Truth {
                offers = List.copyOf(offers);
            }
        }
    }

    /// One step.
    ///
    /// @param me whose dock this is
    static DockState after(DockState now, News news, UserId me) {
        return switch (news) {
            case News.Offered(var offer) -> offered(now, offer);
            case News.Changed(var call) -> changed(now, call, me);
            case News.Answering(var call) ->
                now instanceof Ringing ringing && ringing.offer(call).isPresent()
                        ? new Ringing(ringing.offers(), call)
                        : now;
            case News.Answered(var call, var offer) -> answered(now, call, offer);
            case News.Gone(var call) -> without(now, call);
            case News.NotAnswered(var call) ->
                now instanceof Ringing ringing && call.equals(ringing.answering())
                        ? new Ringing(ringing.offers(), null)
                        : now;
            case News.Muted(var on) ->
                now instanceof InCall in ? new InCall(in.call(), in.leg(), in.lead(), in.sound(), on, in.held()) : now;
            case News.Held(var call, var on) ->
                now instanceof InCall in && in.call().id().equals(call)
                        ? new InCall(in.call(), in.leg(), in.lead(), in.sound(), in.muted(), on)
                        : now;
            case News.HungUp(var call) ->
                now instanceof InCall in && in.call().id().equals(call) ? new WrapUp(in.call(), in.lead(), false) : now;
            case News.Sound(var leg, var state) ->
                now instanceof InCall in && in.leg().equals(leg)
                        ? new InCall(in.call(), leg, in.lead(), state, in.muted(), in.held())
                        : now;
            case News.WrapUpSent(var call, var sent) ->
                now instanceof WrapUp wrap && wrap.call().id().equals(call)
                        ? new WrapUp(wrap.call(), wrap.lead(), sent)
                        : now;
            case News.LeadFound(var call, var lead) -> found(now, call, lead);
            case News.Truth truth -> truth(now, truth);
        };
    }

    private static DockState offered(DockState now, Offer offer) {
        return switch (now) {
            // A call offered while writing up: the wrap-up ended by itself and its event is on the way.
            case Idle _, WrapUp _ -> new Ringing(List.of(offer), null);
            case Ringing ringing -> {
                List<Offer> offers = new ArrayList<>(ringing.offers());
                offers.removeIf(known -> known.call().id().equals(offer.call().id()));
                offers.add(offer);
                yield new Ringing(offers, ringing.answering());
            }
            // Not while talking; when the server means it, it says so again when asked.
            case InCall _ -> now;
        };
    }

    private static DockState changed(DockState now, Call call, UserId me) {
        return switch (now) {
            case Idle _ -> now;
            case Ringing ringing -> {
                Optional<Offer> offer = ringing.offer(call.id());
                if (offer.isEmpty() || offer.get().call().version() >= call.version()) {
                    yield now;
                }
                yield switch (call.status()) {
                    case RINGING, QUEUED -> now;
                    case ACTIVE, HELD ->
                        me.equals(call.agentId()) ? answered(now, call, offer.get()) : without(now, call.id());
                    case WRAP_UP ->
                        me.equals(call.agentId())
                                ? new WrapUp(call, offer.get().lead(), false)
                                : without(now, call.id());
                    case CLOSED, ABANDONED, MISSED, FAILED -> without(now, call.id());
                };
            }
            case InCall in -> {
                if (!in.call().id().equals(call.id()) || in.call().version() >= call.version()) {
                    yield now;
                }
                yield switch (call.status()) {
                    case ACTIVE, HELD ->
                        me.equals(call.agentId())
                                ? new InCall(
                                        call,
                                        in.leg(),
                                        in.lead(),
                                        in.sound(),
                                        in.muted(),
                                        // Other news of the call do not take back what was asked for and is on its way.
                                        call.status() == in.call().status()
                                                ? in.held()
                                                : call.status() == CallStatus.HELD)
                                : IDLE;
                    case WRAP_UP -> new WrapUp(call, in.lead(), false);
                    // Back in the queue (this console was given up), or over without a wrap-up.
                    case QUEUED, RINGING, CLOSED, ABANDONED, MISSED, FAILED -> IDLE;
                };
            }
            case WrapUp wrap -> {
                if (!wrap.call().id().equals(call.id()) || wrap.call().version() >= call.version()) {
                    yield now;
                }
                yield switch (call.status()) {
                    // The agent hung up while the server was out of reach: what it still says is old.
                    case ACTIVE, HELD -> now;
                    case WRAP_UP -> new WrapUp(call, wrap.lead(), wrap.sent());
                    case QUEUED, RINGING, CLOSED, ABANDONED, MISSED, FAILED -> IDLE;
                };
            }
        };
    }

    private static DockState answered(DockState now, Call call, Offer offer) {
        if (now instanceof InCall in && in.call().id().equals(call.id())) {
            return now;
        }
        if (now instanceof WrapUp wrap && wrap.call().id().equals(call.id())) {
            return now;
        }
        Leg leg = new Leg(call.id(), offer.me(), offer.peer());
        return new InCall(call, leg, offer.lead(), LegState.CONNECTING, false, call.status() == CallStatus.HELD);
    }

    private static DockState without(DockState now, CallId call) {
        if (!(now instanceof Ringing ringing) || ringing.offer(call).isEmpty()) {
            return now;
        }
        List<Offer> left = ringing.offers().stream()
                .filter(offer -> !offer.call().id().equals(call))
                .toList();
        return left.isEmpty() ? IDLE : new Ringing(left, call.equals(ringing.answering()) ? null : ringing.answering());
    }

    private static DockState found(DockState now, CallId call, @Nullable Lead lead) {
        return switch (now) {
            case InCall in
            when in.call().id().equals(call) ->
                new InCall(in.call(), in.leg(), lead, in.sound(), in.muted(), in.held());
            case WrapUp wrap when wrap.call().id().equals(call) -> new WrapUp(wrap.call(), lead, wrap.sent());
            case Idle _, Ringing _, InCall _, WrapUp _ -> now;
        };
    }

    private static DockState truth(DockState now, News.Truth truth) {
        Call call = truth.call();
        if (call != null) {
            if (now instanceof WrapUp wrap
                    && wrap.call().id().equals(call.id())
                    && wrap.call().version() > call.version()) {
                // The answer was on its way when the call ended.
                return now;
            }
            boolean same = now instanceof InCall in && in.call().id().equals(call.id());
            Leg leg = truth.leg();
            if (call.status() == CallStatus.WRAP_UP || leg == null) {
                boolean sent = now instanceof WrapUp wrap && wrap.call().id().equals(call.id()) && wrap.sent();
                return new WrapUp(call, truth.lead(), sent);
            }
            boolean held = call.status() == CallStatus.HELD;
            return same && now instanceof InCall in && in.leg().equals(leg)
                    ? new InCall(call, leg, truth.lead(), in.sound(), in.muted(), held)
                    : new InCall(call, leg, truth.lead(), LegState.CONNECTING, truth.muted(), held);
        }
        if (!truth.offers().isEmpty()) {
            CallId answering = now instanceof Ringing ringing ? ringing.answering() : null;
            boolean still = answering != null
                    && truth.offers().stream()
                            .anyMatch(offer -> offer.call().id().equals(answering));
            return new Ringing(truth.offers(), still ? answering : null);
        }
        return IDLE;
    }
}
