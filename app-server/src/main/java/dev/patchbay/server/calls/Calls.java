package dev.patchbay.server.calls;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.EventType;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Offer;
import dev.patchbay.model.Permission;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What agents and supervisors do with calls. Every method is one transaction, answers what became of the call, and
/// throws a [Refusal] when it cannot be done: 404 for a call the user does not see, 409 when its state does not allow
/// it. Doing a thing that is done already answers the call as it is.
public final class Calls {
    static final int NOTES_LENGTH = 10_000;

    private final Floors floors;
    private final Consumer<Transaction> mayCall;

    /// @param mayCall refuses when the company may not place or answer calls just now
    public Calls(Floors floors, Consumer<Transaction> mayCall) {
        this.floors = floors;
        this.mayCall = mayCall;
    }

    /// @throws Refusal when the company may not place or answer calls just now
    void requireCalling(Principal.User user) {
        floors.read(user.company(), transaction -> {
            mayCall.accept(transaction);
            return true;
        });
    }

    /// @param offer with whom to connect the audio
    public record Answered(Call call, @Nullable Offer offer) {}

    /// Who was faster.
    public record Owner(UserId id, String name) {}

    /// @param owner who has the call
    public record Lost(Owner owner) {}

    /// Answers a call that rings at this user, was assigned to them, or waits in one of their queues. One wins.
    ///
    /// @throws Refusal 409 `CALL_ALREADY_ANSWERED` with the owner, `CALL_ENDED`, `AGENT_BUSY`
    public Answered answer(Principal.User user, CallId id) {
        return floors.change(user.company(), floor -> {
            LiveCall call = floor.call(id);
            Sight sight = Sight.of(floor.transaction, user);
            if (!sight.mayTry(call)) {
                throw Refusal.notFound("call");
            }
            if (call.talks() && user.id().equals(call.agent)) {
                return answered(floor, call, call.agentLeg().orElse(null));
            }
            requireOpen(call, user.id());
            mayCall.accept(floor.transaction);
            LiveAgent agent = floor.agent(user.id());
            boolean elsewhere = agent.standing.busy() && !id.equals(agent.standing.call());
            if (elsewhere || agent.standing.state() == AgentState.ON_CALL) {
                throw Refusal.conflict("AGENT_BUSY", "Finish your other call first.");
            }
            Leg leg = Routing.answer(floor, call, agent);
            return answered(floor, call, leg);
        });
    }

    private static Supplier<Answered> answered(Floor floor, LiveCall call, @Nullable Leg leg) {
        return () -> new Answered(
                call.view(), leg == null ? null : floor.offer(call, leg).orElse(null));
    }

    private static void requireOpen(LiveCall call, UserId user) {
        if (call.talks() || call.status == CallStatus.WRAP_UP) {
            throw taken("CALL_ALREADY_ANSWERED", call.agent, call.agentName, " has answered this call.");
        }
        if (!call.waits()) {
            throw Refusal.conflict("CALL_ENDED", "This call is over.");
        }
        if (call.assigned != null && !call.assigned.equals(user)) {
            throw taken("CALL_ALREADY_ASSIGNED", call.assigned, null, " has this call.");
        }
    }

    private static Refusal taken(String code, @Nullable UserId owner, @Nullable String name, String does) {
        String who = name == null ? "Somebody else" : name;
        return owner == null
                ? Refusal.conflict(code, who + does)
                : Refusal.conflict(code, who + does, new Lost(new Owner(owner, who)));
    }

    /// The agent does not take the call; it rings elsewhere at once.
    public Call decline(Principal.User user, CallId id) {
        return floors.change(user.company(), floor -> {
            LiveCall call = seen(floor, user, id);
            call.ringingAt(user.id())
                    .ifPresent(leg -> Routing.endOffer(floor, call, leg, "declined", new AgentEvent.Declined(call.id)));
            return call::view;
        });
    }

    public Call hangUp(Principal.User user, CallId id) {
        return floors.change(user.company(), floor -> {
            LiveCall call = seen(floor, user, id);
            Optional<Leg> ringing = call.ringingAt(user.id());
            if (ringing.isPresent()) {
                Routing.endOffer(floor, call, ringing.get(), "declined", new AgentEvent.Declined(call.id));
            } else if (call.talks()) {
                requireMine(call, user);
                Endings.agentLeft(floor, call, floor.agent(user.id()));
            } else if (call.waits()) {
                throw Refusal.conflict("NOT_YOUR_CALL", "You are not in this call.");
            }
            return call::view;
        });
    }

    public Call hold(Principal.User user, CallId id, boolean hold) {
        return floors.change(user.company(), floor -> {
            LiveCall call = mine(floor, user, id);
            CallEvent event = hold ? new CallEvent.Held(user.id()) : new CallEvent.Resumed(user.id());
            if (call.apply(event)) {
                call.customer().ifPresent(customer -> customer.held = hold);
                floor.note(call, hold ? "held" : "resumed", user.me().name());
                floor.tell(hold ? EventType.CALL_HELD : EventType.CALL_RESUMED, call);
            }
            return call::view;
        });
    }

    /// Records that the agent's microphone is off; the audio itself is muted at the console.
    public Call mute(Principal.User user, CallId id, boolean muted) {
        return withLeg(user, id, (floor, call) -> call.agentLeg().ifPresent(leg -> muted(floor, call, leg, muted)));
    }

    static void muted(Floor floor, LiveCall call, Leg leg, boolean muted) {
        if (leg.muted != muted) {
            leg.muted = muted;
            floor.note(call, muted ? "muted" : "unmuted", leg.name);
            floor.tell(EventType.PARTICIPANT_MUTED, call);
        }
    }

    /// Records digits; the tone goes in band.
    public Call dtmf(Principal.User user, CallId id, String digits) {
        requireDigits(digits);
        return withLeg(
                user, id, (floor, call) -> floor.note(call, "dtmf", user.me().name(), Map.of("digits", digits)));
    }

    static void requireDigits(String digits) {
        if (!digits.matches("[0-9*#A-Da-d,]{1,32}")) {
            throw Refusal.invalid("digits", "digits holds 1 to 32 of 0-9, *, #, A-D.");
        }
    }

    /// What the agent's media does; written to the timeline when it changes.
    public Call media(Principal.User user, CallId id, String state, @Nullable Double mos) {
        requireMedia(state);
        return floors.change(user.company(), floor -> {
            LiveCall call = seen(floor, user, id);
            call.legs.stream()
                    .filter(leg -> user.id().equals(leg.user) && leg.leftAt == null)
                    .findFirst()
                    .ifPresent(leg -> media(floor, call, leg, state, mos));
            return call::view;
        });
    }

    static void requireMedia(String state) {
        if (!List.of("connecting", "connected", "disconnected", "failed").contains(state)) {
            throw Refusal.invalid("state", "state is connecting, connected, disconnected or failed.");
        }
    }

    static void media(Floor floor, LiveCall call, Leg leg, String state, @Nullable Double mos) {
        if (!state.equals(leg.media)) {
            leg.media = state;
            floor.note(
                    call,
                    "media",
                    leg.name,
                    mos == null ? Map.of("state", state) : Map.of("state", state, "mos", mos.toString()));
        }
    }

    /// Gives a waiting call to one agent: it rings there as soon as the agent is free, and nowhere else meanwhile.
    ///
    /// @throws Refusal 403 to give it to somebody else without `supervise`, 409 `CALL_ALREADY_ASSIGNED` when
    /// somebody has it
    public Call assign(Principal.User by, CallId id, UserId to) {
        if (!by.id().equals(to) && !by.may(Permission.SUPERVISE)) {
            throw Refusal.forbidden(Permission.SUPERVISE);
        }
        return floors.change(by.company(), floor -> {
            LiveCall call = floor.call(id);
            if (!Sight.of(floor.transaction, by).mayTry(call)) {
                throw Refusal.notFound("call");
            }
            requireOpen(call, to);
            if (to.equals(call.assigned)) {
                // The same assignment sent again is the same; a second one that races it has lost.
                throw taken("CALL_ALREADY_ASSIGNED", to, floor.agent(to).name, " has this call already.");
            }
            assignTo(floor, call, floor.agent(to), by.me().name());
            return call::view;
        });
    }

    private static void assignTo(Floor floor, LiveCall call, LiveAgent agent, String by) {
        List<Leg> others =
                call.ringing().filter(leg -> !agent.user.equals(leg.user)).toList();
        for (Leg leg : others) {
            Routing.endOffer(
                    floor, call, leg, "assignedElsewhere", new AgentEvent.Withdrawn(call.id, "assigned", agent.name));
        }
        call.assigned = agent.user;
        call.assignedUntil = floor.now().plus(Deadlines.ASSIGNED);
        floor.note(call, "assigned", by, Map.of("agent", agent.name));
        floor.wantsRouting();
    }

    /// Takes the next waiting call of the user's queues that nobody has, for whom the user has the skills.
    ///
    /// @return empty when none waits
    public Optional<Call> next(Principal.User user) {
        return floors.change(user.company(), floor -> {
            Sight sight = Sight.of(floor.transaction, user);
            LiveAgent agent = floor.agent(user.id());
            List<String> skills = AgentTable.skills(floor.transaction, user.id());
            List<CallId> open = floor.transaction
                    .query("""
                            select id from call
                            where company_id = :company and status = 'queued' and assigned_id is null
                            order by priority desc, queued_at, id
                            """)
                    .map((row, _) -> Row.id(row, "id", CallId::new))
                    .list();
            for (CallId id : open) {
                LiveCall call = floor.call(id);
                Queue queue = floor.queueOf(call);
                boolean fits = queue != null
                        && (sight.everything()
                                || sight.queues().contains(queue.id()) && skills.containsAll(queue.skills()));
                if (fits) {
                    assignTo(floor, call, agent, user.me().name());
                    return () -> Optional.of(call.view());
                }
            }
            return Optional::empty;
        });
    }

    /// Writes the call up and sets the agent free.
    ///
    /// @param disposition its key, id or name; null keeps what is there
    /// @throws Refusal 422 `DISPOSITION_REQUIRED` when the queue wants one and there is none
    public Call wrapUp(Principal.User user, CallId id, @Nullable String disposition, @Nullable String notes) {
        return floors.change(user.company(), floor -> {
            LiveCall call = written(floor, user, id, disposition, notes);
            if (call.talks()) {
                throw Refusal.conflict("CALL_NOT_ENDED", "Hang up before you finish the wrap-up.");
            }
            Queue queue = floor.queueOf(call);
            if (queue != null && queue.dispositionRequired() && call.disposition == null) {
                throw Refusal.rule("DISPOSITION_REQUIRED", "Say how the call went: choose a disposition.");
            }
            Endings.wrappedUp(floor, call, floor.agent(user.id()), "wrapUpDone");
            return call::view;
        });
    }

    /// Saves notes while the agent types.
    public Call notes(Principal.User user, CallId id, String notes) {
        return floors.change(user.company(), floor -> {
            LiveCall call = written(floor, user, id, null, notes);
            return call::view;
        });
    }

    /// More time for the wrap-up, once.
    public Call extend(Principal.User user, CallId id) {
        return floors.change(user.company(), floor -> {
            LiveCall call = seen(floor, user, id);
            if (call.status != CallStatus.WRAP_UP || !user.id().equals(call.agent)) {
                throw Refusal.conflict("NOT_IN_WRAP_UP", "There is no wrap-up to extend.");
            }
            if (call.wrapUpExtended) {
                throw Refusal.conflict("WRAP_UP_EXTENDED", "The wrap-up was extended already.");
            }
            if (call.wrapUpUntil != null) {
                Queue queue = floor.queueOf(call);
                Integer seconds = queue == null ? null : queue.wrapUpSeconds();
                Duration more = seconds == null || seconds == 0 ? Deadlines.EXTENSION : Duration.ofSeconds(seconds);
                call.wrapUpUntil = call.wrapUpUntil.plus(more);
                call.wrapUpExtended = true;
                floor.note(call, "wrapUpExtended", user.me().name());
            }
            return call::view;
        });
    }

    /// A change of what is written about a call, against the version that was seen.
    public record Change(
            long version,
            @Nullable String disposition,
            @Nullable String notes,
            @Nullable LeadId leadId) {}

    /// @throws Refusal 409 `VERSION_CONFLICT` with the call as it is
    public Call update(Principal.User user, CallId id, Change change) {
        return floors.change(user.company(), floor -> {
            LiveCall call = seen(floor, user, id);
            if (call.version != change.version()) {
                throw Refusal.conflict("VERSION_CONFLICT", "Somebody else has changed this call.", call.view());
            }
            boolean mine = user.id().equals(call.agent);
            if (!mine && !user.may(Permission.SUPERVISE)) {
                throw Refusal.conflict("NOT_YOUR_CALL", "This is not your call.");
            }
            write(floor, call, user.me().name(), change.disposition(), change.notes());
            LeadId lead = change.leadId();
            if (lead != null && !lead.equals(call.lead)) {
                if (floor.around.leads().byId(floor.transaction, lead).isEmpty()) {
                    throw Refusal.invalid("leadId", "There is no such lead.");
                }
                call.lead = lead;
                floor.note(call, "leadLinked", user.me().name(), Map.of("lead", lead.toString()));
            }
            return call::view;
        });
    }

    private static LiveCall written(
            Floor floor, Principal.User user, CallId id, @Nullable String disposition, @Nullable String notes) {
        LiveCall call = seen(floor, user, id);
        if (!user.id().equals(call.agent)) {
            throw Refusal.conflict("NOT_YOUR_CALL", "This is not your call.");
        }
        write(floor, call, user.me().name(), disposition, notes);
        return call;
    }

    private static void write(
            Floor floor, LiveCall call, String who, @Nullable String disposition, @Nullable String notes) {
        if (notes != null) {
            if (notes.length() > NOTES_LENGTH) {
                throw Refusal.invalid("notes", "notes has at most " + NOTES_LENGTH + " characters.");
            }
            call.notes = notes;
        }
        if (disposition != null && !disposition.isBlank()) {
            String key = Dispositions.key(floor.transaction, disposition);
            if (!key.equals(call.disposition)) {
                call.disposition = key;
                floor.note(call, "disposition", who, Map.of("disposition", key));
            }
        }
    }

    private Call withLeg(Principal.User user, CallId id, BiConsumer<Floor, LiveCall> change) {
        return floors.change(user.company(), floor -> {
            LiveCall call = mine(floor, user, id);
            change.accept(floor, call);
            return call::view;
        });
    }

    /// A call this user talks in.
    private static LiveCall mine(Floor floor, Principal.User user, CallId id) {
        LiveCall call = seen(floor, user, id);
        if (!call.talks()) {
            throw Refusal.conflict(
                    call.isOver() ? "CALL_ENDED" : "CALL_NOT_ANSWERED",
                    call.isOver() ? "This call is over." : "Nobody has answered this call yet.");
        }
        requireMine(call, user);
        return call;
    }

    private static void requireMine(LiveCall call, Principal.User user) {
        if (!user.id().equals(call.agent)) {
            throw Refusal.conflict("NOT_YOUR_CALL", "You are not in this call.");
        }
    }

    private static LiveCall seen(Floor floor, Principal.User user, CallId id) {
        LiveCall call = floor.call(id);
        if (!Sight.of(floor.transaction, user).reaches(call)) {
            boolean wasHere = call.legs.stream().anyMatch(leg -> user.id().equals(leg.user));
            if (wasHere) {
                return call;
            }
            throw Refusal.notFound("call");
        }
        return call;
    }
}
