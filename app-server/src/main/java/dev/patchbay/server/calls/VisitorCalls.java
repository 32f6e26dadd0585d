package dev.patchbay.server.calls;

import dev.patchbay.model.CallId;
import dev.patchbay.model.Caller;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Direction;
import dev.patchbay.model.EventType;
import dev.patchbay.model.FieldError;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.ParticipantKind;
import dev.patchbay.model.ParticipantStatus;
import dev.patchbay.model.PhoneNumber;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.VisitorCall;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What a visitor of the call page does. Every method is one transaction.
public final class VisitorCalls {
    /// More than these wait: the next caller is asked to try later.
    static final int MAX_WAITING = 200;

    private final Floors floors;

    public VisitorCalls(Floors floors) {
        this.floors = floors;
    }

    public record Topic(QueueId id, String name) {}

    /// What the call page shows first.
    ///
    /// @param open whether somebody is there to answer
    public record Reception(CompanyId companyId, String company, String region, List<Topic> topics, boolean open) {
        public Reception {
            topics = List.copyOf(topics);
        }
    }

    /// @param topic a queue's id; null for the company's first queue
    public record Wish(
            String name, @Nullable String phone, @Nullable String topic) {}

    /// @param asOf the company's event number from before the call: who listens from there misses nothing of it
    public record Started(Principal.Visitor visitor, VisitorCall call, long asOf) {}

    /// @throws Refusal 404 for a company that is not here
    public Reception reception(String slug) {
        record Company(CompanyId id, String name, String region) {}
        Company company = floors.database()
                .acrossCompanies(handle -> handle.createQuery(
                                "select id, name, region from company where slug = :slug and active")
                        .bind("slug", slug)
                        .map((row, _) -> new Company(
                                new CompanyId(row.getObject("id", UUID.class)),
                                row.getString("name"),
                                row.getString("region")))
                        .findOne())
                .orElseThrow(() -> Refusal.notFound("company"));
        return floors.read(company.id(), transaction -> {
            List<Queue> queues = QueueTable.all(transaction);
            boolean open = queues.stream()
                    .anyMatch(
                            queue -> QueueTable.figures(transaction, queue.id()).signedIn() > 0);
            List<Topic> topics = queues.stream()
                    .map(queue -> new Topic(queue.id(), queue.name()))
                    .toList();
            return new Reception(company.id(), company.name(), company.region(), topics, open);
        });
    }

    /// A visitor asks for a call; it waits from now on and may ring at once.
    ///
    /// @throws Refusal 400 for a name or number that cannot be one, 503 when too many wait
    public Started start(Reception reception, Wish wish) {
        Caller caller = check(reception, wish);
        long asOf = floors.database().lastSeq(reception.companyId());
        return floors.change(reception.companyId(), floor -> {
            Queue queue = queue(floor, wish.topic());
            int waiting = floor.transaction
                    .query("select count(*) from call where company_id = :company and status in ('queued', 'ringing')")
                    .mapTo(Integer.class)
                    .one();
            if (waiting >= MAX_WAITING) {
                throw Refusal.unavailable("All lines are busy. Please try again in a few minutes.");
            }
            LiveCall call = new LiveCall(
                    CallId.fresh(),
                    Direction.INBOUND,
                    "web",
                    queue.id(),
                    queue.name(),
                    queue.name(),
                    caller,
                    floor.now());
            call.giveUpAt = floor.now().plusSeconds(queue.maxWaitSeconds());
            floor.around.leads().match(floor.transaction, caller).ifPresent(lead -> call.lead = lead.id());
            Leg leg = new Leg(
                    ParticipantId.fresh(),
                    call.id,
                    ParticipantKind.CUSTOMER,
                    null,
                    caller.name(),
                    floor.now(),
                    ParticipantStatus.INVITED);
            leg.join(floor.now());
            leg.goneAt = floor.now().plus(Deadlines.FIRST_CONTACT);
            call.legs.add(leg);
            floor.add(call);
            floor.note(call, "queued", caller.name(), Map.of("queue", queue.name()));
            floor.tell(EventType.CALL_QUEUED, call);
            floor.touch(queue.id());
            floor.wantsRouting();
            Principal.Visitor visitor = new Principal.Visitor(reception.companyId(), call.id, leg.id);
            return () -> new Started(visitor, call.visitorView().orElseThrow(), asOf);
        });
    }

    private static Caller check(Reception reception, Wish wish) {
        List<FieldError> errors = new ArrayList<>();
        String name = wish.name().replaceAll("\\p{Cc}", "").strip();
        if (name.isEmpty() || name.length() > 100) {
            errors.add(new FieldError("name", "Your name has 1 to 100 characters.", "VALIDATION_ERROR"));
        }
        String typed = wish.phone() == null ? "" : wish.phone().strip();
        String phone = typed.isEmpty()
                ? null
                : PhoneNumber.parse(typed, reception.region())
                        .map(PhoneNumber::e164)
                        .orElse(null);
        if (!typed.isEmpty() && phone == null) {
            errors.add(new FieldError("phone", "This is not a phone number.", "VALIDATION_ERROR"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors);
        }
        return new Caller(name, phone);
    }

    private static Queue queue(Floor floor, @Nullable String topic) {
        if (topic == null || topic.isBlank()) {
            return floor.queues().values().stream()
                    .findFirst()
                    .orElseThrow(() -> Refusal.unavailable("Nobody takes calls here at the moment."));
        }
        return floor.queues().values().stream()
                .filter(queue ->
                        queue.id().toString().equals(topic) || queue.name().equals(topic))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("topic", "There is no such topic."));
    }

    public VisitorCall current(Principal.Visitor visitor) {
        return floors.read(visitor.company(), transaction -> CallTable.find(transaction, visitor.call())
                .flatMap(LiveCall::visitorView)
                .orElseThrow(() -> Refusal.notFound("call")));
    }

    public VisitorCall hangUp(Principal.Visitor visitor) {
        return change(visitor, (floor, call) -> Endings.callerLeft(floor, call, "callerHangup"));
    }

    /// The page is being left: a caller who waits has gone, one who talks may be reloading the page.
    public VisitorCall leave(Principal.Visitor visitor) {
        return change(visitor, (floor, call) -> {
            if (call.waits()) {
                Endings.callerLeft(floor, call, "callerHangup");
            } else if (call.talks()) {
                call.customer().ifPresent(leg -> {
                    leg.away = true;
                    leg.goneAt = floor.now();
                    leg.connected = false;
                    floor.note(call, "away", leg.name);
                });
            }
        });
    }

    /// @param stars 1 to 5
    public VisitorCall rate(Principal.Visitor visitor, int stars) {
        if (stars < 1 || stars > 5) {
            throw Refusal.invalid("stars", "stars is 1 to 5.");
        }
        return change(visitor, (floor, call) -> {
            if (call.answeredAt == null) {
                throw Refusal.conflict("CALL_NOT_ANSWERED", "Nobody has answered this call.");
            }
            if (call.rating == null || call.rating != stars) {
                call.rating = stars;
                floor.note(call, "rated", call.caller.name(), Map.of("stars", String.valueOf(stars)));
            }
        });
    }

    public VisitorCall mute(Principal.Visitor visitor, boolean muted) {
        return change(visitor, (floor, call) -> {
            if (!call.isOver()) {
                call.customer().ifPresent(leg -> Calls.muted(floor, call, leg, muted));
            }
        });
    }

    public VisitorCall dtmf(Principal.Visitor visitor, String digits) {
        Calls.requireDigits(digits);
        return change(visitor, (floor, call) -> {
            if (call.talks()) {
                floor.note(call, "dtmf", call.caller.name(), Map.of("digits", digits));
            }
        });
    }

    public VisitorCall media(Principal.Visitor visitor, String state, @Nullable Double mos) {
        Calls.requireMedia(state);
        return change(visitor, (floor, call) -> {
            if (!call.isOver()) {
                call.customer().ifPresent(leg -> Calls.media(floor, call, leg, state, mos));
            }
        });
    }

    /// The page is on the line.
    public void came(Principal.Visitor visitor) {
        change(
                visitor,
                (floor, call) -> call.customer().filter(_ -> !call.isOver()).ifPresent(leg -> {
                    Lines.came(floor.transaction, leg.id.value(), floor.node);
                    leg.connected = true;
                    leg.goneAt = null;
                    leg.away = false;
                }));
    }

    /// The page's socket has gone; what follows waits for the graces of [Deadlines].
    public void went(Principal.Visitor visitor) {
        change(visitor, (floor, call) -> call.customer()
                .filter(leg -> !Lines.went(floor.transaction, leg.id.value(), floor.node))
                .filter(leg -> !call.isOver() && leg.connected)
                .ifPresent(leg -> {
                    leg.connected = false;
                    leg.goneAt = floor.now();
                }));
    }

    private VisitorCall change(Principal.Visitor visitor, BiConsumer<Floor, LiveCall> change) {
        return floors.change(visitor.company(), floor -> {
            LiveCall call = floor.call(visitor.call());
            boolean theirs = call.customer()
                    .filter(leg -> leg.id.equals(visitor.participant()))
                    .isPresent();
            if (!theirs) {
                throw Refusal.notFound("call");
            }
            change.accept(floor, call);
            return () -> call.visitorView().orElseThrow();
        });
    }
}
