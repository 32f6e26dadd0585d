package dev.patchbay.desktop.scenes;

import dev.patchbay.desktop.calls.CallArchive;
import dev.patchbay.desktop.calls.CallsController;
import dev.patchbay.desktop.calls.CallsModel;
import dev.patchbay.desktop.calls.CallsScreen;
import dev.patchbay.desktop.controls.Toasts;
import dev.patchbay.desktop.leads.LeadList;
import dev.patchbay.desktop.leads.LeadsController;
import dev.patchbay.desktop.leads.LeadsModel;
import dev.patchbay.desktop.leads.LeadsScreen;
import dev.patchbay.desktop.session.Stores;
import dev.patchbay.desktop.session.Unreachable;
import dev.patchbay.desktop.softphone.PhoneModel;
import dev.patchbay.desktop.softphone.view.DialModel;
import dev.patchbay.desktop.softphone.view.DockController;
import dev.patchbay.desktop.softphone.view.DockModel;
import dev.patchbay.desktop.softphone.view.DockView;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.Caller;
import dev.patchbay.model.Direction;
import dev.patchbay.model.Endpoint;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Offer;
import dev.patchbay.model.Page;
import dev.patchbay.model.Participant;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.ParticipantKind;
import dev.patchbay.model.ParticipantStatus;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.TimelineEntry;
import dev.patchbay.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Anna Keller's desk at a company that sells solar panels.
public final class DemoWorld {
    /// Where phone numbers are read and shown.
    public static final String REGION = "DE";

    public static final UserId ANNA = new UserId(new UUID(7, 1));
    public static final UserId BEN = new UserId(new UUID(7, 2));

    private static final QueueId SALES = new QueueId(new UUID(7, 3));

    private final InstantSource clock;
    private final Stores stores;
    private final Toasts toasts = new Toasts();
    private final PhoneModel phone = new PhoneModel();
    private final DemoPhone actions;
    private final DemoLeads desk;
    private final DemoArchive archive = new DemoArchive();
    private final LeadsController leads;
    private final CallsController calls;
    private final DockController dock;
    private final List<String> ways = new ArrayList<>();
    private int people;

    /// @param clock what "now" is
    /// @param nanos a clock that only goes forward
    /// @param background where the archive is asked
    /// @param screen the JavaFX thread
    public DemoWorld(InstantSource clock, LongSupplier nanos, Executor background, Executor screen) {
        this.clock = clock;
        stores = new Stores(screen);
        actions = new DemoPhone(phone, ANNA, clock);
        desk = new DemoLeads(stores.leads(), ANNA, "Anna Keller", clock, screen);
        leads = new LeadsController(new LeadsModel(new LeadList(ANNA, nanos)), stores.leads(), desk, REGION);
        dock = new DockController(
                new DockModel(phone, new DialModel(REGION)), actions, archive, _ -> true, background, screen);
        calls = new CallsController(
                new CallsModel(), stores.calls(), _ -> true, archive, new Ways(), background, screen);
        phone.dispositions()
                .set(List.of(
                        new PhoneModel.Choice("interested", "Interested", "1"),
                        new PhoneModel.Choice("appointment", "Appointment made", "2"),
                        new PhoneModel.Choice("callBack", "Call back later", "3"),
                        new PhoneModel.Choice("notInterested", "Not interested", "4"),
                        new PhoneModel.Choice("wrongNumber", "Wrong number", "5")));
    }

    public Stores stores() {
        return stores;
    }

    public Toasts toasts() {
        return toasts;
    }

    public PhoneModel phone() {
        return phone;
    }

    public DemoPhone actions() {
        return actions;
    }

    public DemoLeads desk() {
        return desk;
    }

    public DemoArchive archive() {
        return archive;
    }

    public LeadsController leads() {
        return leads;
    }

    public CallsController calls() {
        return calls;
    }

    public DockController dock() {
        return dock;
    }

    /// Where the calls screen sent the user: `callBack +49…`, `openLead …`, `createLead …`.
    public List<String> ways() {
        return List.copyOf(ways);
    }

    public LeadsScreen leadsScreen() {
        return new LeadsScreen(leads, ANNA, toasts);
    }

    public CallsScreen callsScreen() {
        return new CallsScreen(calls, REGION);
    }

    /// The dock, following the telephone.
    public DockView dockView() {
        DockView view = new DockView(dock, toasts);
        view.onShow();
        return view;
    }

    private final class Ways implements CallsController.Ways {
        @Override
        public void callBack(String number) {
            ways.add("callBack " + number);
            dock.prepare(number);
        }

        @Override
        public void openLead(Lead lead) {
            ways.add("openLead " + lead.name());
            leads.open(lead);
        }

        @Override
        public void createLead(String name, @Nullable String number) {
            ways.add("createLead " + name);
            leads.createFor(name, number);
        }

        @Override
        public String callPage() {
            return "http://localhost:8090/call/solar-demo";
        }

        @Override
        public void copyCallPage() {
            ways.add("copyCallPage");
        }
    }

    /// Reads what this world put in; can be out of reach.
    public final class DemoArchive implements CallArchive {
        private final List<CallDetails> all = new ArrayList<>();
        private volatile boolean away;

        public void away(boolean gone) {
            away = gone;
        }

        public synchronized void add(CallDetails details) {
            all.removeIf(known -> known.call().id().equals(details.call().id()));
            all.add(details);
        }

        @Override
        public synchronized Page<Call> calls(Wanted wanted) {
            reach();
            List<Call> found = all.stream()
                    .map(CallDetails::call)
                    .filter(call -> call.endedAt() != null)
                    .filter(call -> !wanted.missed() || CallsController.missed(call))
                    .filter(call -> fits(call, wanted.query().toLowerCase(Locale.ROOT)))
                    .sorted((a, b) -> b.createdAt().compareTo(a.createdAt()))
                    .toList();
            return new Page<>(found, null, 1);
        }

        private boolean fits(Call call, String query) {
            String number = call.caller().phone();
            return call.caller().name().toLowerCase(Locale.ROOT).contains(query)
                    || (number != null && number.contains(query));
        }

        @Override
        public synchronized CallDetails details(CallId call) {
            reach();
            return all.stream()
                    .filter(known -> known.call().id().equals(call))
                    .findFirst()
                    .orElseThrow(() -> new Unreachable(Unreachable.Reason.SILENT, "This call is not there."));
        }

        private void reach() {
            if (away) {
                throw new Unreachable(Unreachable.Reason.OFFLINE, "There is no line to the server.");
            }
        }
    }

    /// A lead at the server and here.
    public Lead lead(
            String name,
            @Nullable String number,
            @Nullable String email,
            String source,
            @Nullable UserId owner,
            Duration age,
            String... tags) {
        people++;
        Lead lead = new Lead(
                new LeadId(new UUID(8, people)),
                name,
                number,
                email,
                source,
                owner == null ? "new" : "contacted",
                owner,
                owner == null ? null : owner.equals(ANNA) ? "Anna Keller" : "Ben Ahmadi",
                null,
                List.of(tags),
                Map.of(),
                null,
                1,
                clock.instant().minus(age),
                clock.instant().minus(age));
        desk.put(lead, true);
        return lead;
    }

    /// A call that rings at Anna.
    public Offer ring(String name, @Nullable String number, String queue, String topic, @Nullable Lead lead) {
        people++;
        Call call = call(name, number, queue, topic, CallStatus.RINGING, Duration.ofSeconds(34));
        archive.add(new CallDetails(call, timeline(call, name), lead));
        return new Offer(
                call,
                new ParticipantId(new UUID(9, 2)),
                new ParticipantId(new UUID(9, 1)),
                clock.instant().plusSeconds(14),
                List.of(),
                lead);
    }

    /// A call as it stands.
    public Call call(
            String name, @Nullable String number, String queue, String topic, CallStatus status, Duration age) {
        people++;
        Instant began = clock.instant().minus(age);
        boolean over =
                switch (status) {
                    case QUEUED, RINGING, ACTIVE, HELD -> false;
                    case WRAP_UP, CLOSED, ABANDONED, MISSED, FAILED -> true;
                };
        boolean answered =
                switch (status) {
                    case QUEUED, RINGING, ABANDONED, MISSED, FAILED -> false;
                    case ACTIVE, HELD, WRAP_UP, CLOSED -> true;
                };
        String reason =
                switch (status) {
                    case QUEUED, RINGING, ACTIVE, HELD -> null;
                    case WRAP_UP, CLOSED, ABANDONED -> "callerHangup";
                    case MISSED -> "noAnswer";
                    case FAILED -> "failed";
                };
        return new Call(
                new CallId(new UUID(10, people)),
                1,
                status,
                Direction.INBOUND,
                "web",
                SALES,
                queue,
                topic,
                new Caller(name, number),
                status == CallStatus.QUEUED ? 1 : 0,
                answered ? ANNA : null,
                answered ? "Anna Keller" : null,
                null,
                began,
                began.plusSeconds(2),
                answered ? began.plusSeconds(6) : null,
                over ? began.plusSeconds(answered ? 167 : 48) : null,
                reason,
                null,
                status == CallStatus.CLOSED ? "Interested" : null,
                status == CallStatus.CLOSED ? "Wants 12 panels, the roof faces south." : null,
                status == CallStatus.CLOSED ? Integer.valueOf(5) : null,
                List.of(
                        participant(name, ParticipantKind.CUSTOMER, over),
                        participant("Anna Keller", ParticipantKind.AGENT, over)));
    }

    private static Participant participant(String name, ParticipantKind kind, boolean over) {
        return new Participant(
                new ParticipantId(new UUID(9, kind.ordinal() + 1)),
                kind,
                kind == ParticipantKind.AGENT ? ANNA : null,
                name,
                Endpoint.WEB,
                over ? ParticipantStatus.LEFT : ParticipantStatus.JOINED,
                false,
                false,
                true,
                null,
                null,
                over ? "hangup" : null);
    }

    /// What happened in a call so far.
    public static List<TimelineEntry> timeline(Call call, String name) {
        List<TimelineEntry> all = new ArrayList<>();
        Instant began = call.createdAt();
        all.add(new TimelineEntry(
                1, began, "queued", name, Map.of("queue", call.queueName() == null ? "" : call.queueName())));
        all.add(new TimelineEntry(2, began.plusSeconds(2), "offered", "", Map.of("agent", "Anna Keller")));
        if (call.answeredAt() != null) {
            all.add(new TimelineEntry(3, call.answeredAt(), "answered", "Anna Keller", Map.of()));
            all.add(new TimelineEntry(4, call.answeredAt().plusSeconds(70), "dtmf", name, Map.of("digits", "2")));
        } else if (call.endedAt() != null) {
            all.add(new TimelineEntry(3, began.plusSeconds(22), "noAnswer", "Anna Keller", Map.of()));
        }
        if (call.endedAt() != null && call.endReason() != null) {
            all.add(new TimelineEntry(
                    all.size() + 1, call.endedAt(), "ended", name, Map.of("reason", call.endReason())));
        }
        return all;
    }

    /// The call, a version later.
    ///
    /// @param answered null to leave it; likewise `ended`
    static Call with(
            Call call,
            CallStatus status,
            UserId agent,
            @Nullable Instant answered,
            @Nullable Instant ended,
            @Nullable Instant wrapUpUntil) {
        return new Call(
                call.id(),
                call.version() + 1,
                status,
                call.direction(),
                call.channel(),
                call.queueId(),
                call.queueName(),
                call.topic(),
                call.caller(),
                0,
                agent,
                "Anna Keller",
                call.leadId(),
                call.createdAt(),
                call.ringingAt(),
                answered == null ? call.answeredAt() : answered,
                ended == null ? call.endedAt() : ended,
                ended == null ? call.endReason() : "agentHangup",
                wrapUpUntil,
                call.disposition(),
                call.notes(),
                call.rating(),
                call.participants());
    }
}
