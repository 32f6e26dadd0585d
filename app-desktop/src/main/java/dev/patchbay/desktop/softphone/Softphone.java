package dev.patchbay.desktop.softphone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.line.Leg;
import dev.patchbay.desktop.line.LegState;
import dev.patchbay.desktop.line.Line;
import dev.patchbay.desktop.line.web.WebLine;
import dev.patchbay.desktop.session.Answer;
import dev.patchbay.desktop.session.Api;
import dev.patchbay.desktop.session.Change;
import dev.patchbay.desktop.session.Loop;
import dev.patchbay.desktop.session.Published;
import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.desktop.session.Table;
import dev.patchbay.desktop.session.Unreachable;
import dev.patchbay.desktop.softphone.DockState.InCall;
import dev.patchbay.desktop.softphone.DockState.News;
import dev.patchbay.desktop.softphone.DockState.Ringing;
import dev.patchbay.desktop.softphone.DockState.WrapUp;
import dev.patchbay.desktop.voice.Voice;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.EventType;
import dev.patchbay.model.IceServer;
import dev.patchbay.model.Lead;
import dev.patchbay.model.Offer;
import dev.patchbay.model.Payload;
import dev.patchbay.model.Signal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agent's telephone: feeds [DockState] with what the server, the line and the agent say, and does what follows
/// from each step.
///
/// The screen's thread calls the actions; everything else runs on the session's loop.
public final class Softphone implements PhoneActions, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Softphone.class);
    /// Signalling older than this is of no use to anybody.
    private static final Duration SIGNAL_PATIENCE = Duration.ofSeconds(30);
    /// How often the truth is asked again when news keep crossing the answer.
    private static final int CROSSINGS = 3;
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);
    /// A call that rings on after its time is asked about.
    private static final Duration OVERDUE = Duration.ofSeconds(3);

    private final Session session;
    private final Voice voice;
    private final Line line;
    private final WebLine web;
    private final PhoneModel model = new PhoneModel();
    private final Published<DockState> state;
    private final Meters meters;
    private final NotePad notes;
    private final Voice.Registration voiceEvents;
    private final Table.Registration serverEvents;
    private final InstantSource clock;
    private final Map<Leg, List<IceServer>> servers = new HashMap<>();
    private final Set<CallId> hungUp = new HashSet<>();
    private DockState now = DockState.IDLE;
    private Table.@Nullable Registration ownAgent;
    private Loop.Timer overdue = Loop.Timer.NONE;
    private long news;
    private boolean reconciling;
    private boolean choicesKnown;
    private boolean rang;
    private boolean closed;

    /// Begins to listen; the session should be started after this.
    public Softphone(Session session, Voice voice, InstantSource clock) {
        this.session = session;
        this.voice = voice;
        this.clock = clock;
        this.state = Published.into(model.state(), DockState.IDLE, session.screen());
        this.web = new WebLine(voice, session.loop(), clock, this::send, this::lineChanged);
        this.line = web;
        this.meters = new Meters(model, session.screen(), voice.snapshot());
        this.notes = new NotePad(session, model);
        this.voiceEvents = voice.listen(event -> session.loop().execute(() -> meters.hear(event, this::currentLink)));
        this.serverEvents = session.hear(new Session.Ear() {
            @Override
            public void online(boolean complete) {
                reconcile(0);
                line.mend();
                choices();
            }

            @Override
            public void happened(EventType type, Payload what) {
                heard(what);
            }
        });
        session.screen().execute(() -> ownAgent = session.stores().agents().listen(_ -> showAgent()));
    }

    public PhoneModel model() {
        return model;
    }

    private void showAgent() {
        model.agent().set(session.stores().agents().find(session.me().id()).orElse(null));
    }

    private void send(Signal signal) {
        session.insistOnLoop("signal.send", signal, SIGNAL_PATIENCE, answer -> {
            if (answer instanceof Answer.No(var error)) {
                LOG.info("a {} did not get through: {}", signal.kind(), error.message());
            }
        });
    }

    private void heard(Payload what) {
        switch (what) {
            case Payload.OfOffer(var offer) -> {
                news++;
                step(new News.Offered(offer));
            }
            case Payload.OfCall(var call) -> {
                news++;
                if (call.status() != CallStatus.ACTIVE && call.status() != CallStatus.HELD) {
                    hungUp.remove(call.id());
                }
                step(new News.Changed(call));
            }
            case Payload.OfSignal(var signal) -> web.receive(signal);
            case Payload.OfLead(var lead) -> refreshLead(lead);
            case Payload.OfAgent _,
                    Payload.OfQueue _,
                    Payload.OfVisitor _,
                    Payload.OfPresence _,
                    Payload.OfSettings _ -> {}
        }
    }

    private void refreshLead(Lead changed) {
        switch (now) {
            case InCall in
            when in.lead() != null && in.lead().id().equals(changed.id()) ->
                step(new News.LeadFound(in.call().id(), changed));
            case WrapUp wrap
            when wrap.lead() != null && wrap.lead().id().equals(changed.id()) ->
                step(new News.LeadFound(wrap.call().id(), changed));
            case DockState.Idle _, Ringing _, InCall _, WrapUp _ -> {}
        }
    }

    private void lineChanged(Leg leg, LegState sound) {
        step(new News.Sound(leg, sound));
        if (now instanceof InCall in && in.leg().equals(leg)) {
            tellMedia(in);
        }
    }

    /// The server keeps it to judge which side was lost.
    private void tellMedia(InCall in) {
        String word =
                switch (in.sound()) {
                    case CONNECTING -> "connecting";
                    case CONNECTED -> "connected";
                    case INTERRUPTED, ENDED -> "disconnected";
                };
        session.askOnLoop("call.media", Map.of("call", in.call().id(), "state", word), _ -> {});
    }

    /// One step, and what follows from it.
    private void step(News what) {
        if (closed) {
            return;
        }
        DockState before = now;
        DockState after = DockState.after(before, what, session.me().id());
        if (after.equals(before)) {
            return;
        }
        now = after;
        state.set(after);
        lines(before, after);
        ring(after);
        Optional<Call> call = call(after);
        call.ifPresentOrElse(notes::about, notes::put);
        if (after instanceof InCall in) {
            if (!(before instanceof InCall was)
                    || !was.call().id().equals(in.call().id())) {
                line.mute(in.muted());
                tellMedia(in);
            }
        } else if (before instanceof InCall) {
            line.mute(false);
            meters.silent();
        }
    }

    private static Optional<Call> call(DockState state) {
        return switch (state) {
            case InCall in -> Optional.of(in.call());
            case WrapUp wrap -> Optional.of(wrap.call());
            case DockState.Idle _, Ringing _ -> Optional.empty();
        };
    }

    private void lines(DockState before, DockState after) {
        Map<Leg, List<IceServer>> wanted = legs(after);
        legs(before).keySet().stream().filter(leg -> !wanted.containsKey(leg)).forEach(leg -> {
            line.end(leg);
            servers.remove(leg);
        });
        servers.putAll(wanted);
        wanted.forEach(line::warm);
        if (after instanceof InCall in) {
            line.live(in.leg());
            line.hold(in.leg(), in.held());
        }
    }

    private Map<Leg, List<IceServer>> legs(DockState state) {
        Map<Leg, List<IceServer>> legs = new LinkedHashMap<>();
        switch (state) {
            case Ringing ringing ->
                ringing.offers()
                        .forEach(offer ->
                                legs.put(new Leg(offer.call().id(), offer.me(), offer.peer()), offer.iceServers()));
            case InCall in -> legs.put(in.leg(), servers.getOrDefault(in.leg(), List.of()));
            case DockState.Idle _, WrapUp _ -> {}
        }
        return legs;
    }

    private void ring(DockState after) {
        boolean rings = after instanceof Ringing ringing && ringing.answering() == null;
        if (rings != rang) {
            rang = rings;
            voice.send(new VoiceCommand.Ring(rings));
        }
        overdue.cancel();
        if (after instanceof Ringing ringing) {
            // The server says when ringing ends; should it not, it is asked.
            Duration left = ringing.offers().stream()
                    .map(offer -> Duration.between(clock.instant(), offer.ringUntil()))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
            Duration pause = left.isNegative() ? OVERDUE : left.plus(OVERDUE);
            overdue = session.loop().after(pause, () -> {
                reconcile(0);
                ring(now);
            });
        }
    }

    // --- the truth ---

    /// Asks the server what this agent's calls are and takes that for the truth, unless news crossed the answer.
    private void reconcile(int crossings) {
        if (closed || (reconciling && crossings == 0)) {
            return;
        }
        reconciling = true;
        long asked = news;
        session.inBackground(() -> {
            try {
                Api.Mine mine = session.api().mine();
                Call call = mine.call();
                Lead lead = call == null ? null : session.api().call(call.id()).lead();
                session.loop().execute(() -> truth(mine, lead, asked, crossings));
            } catch (Unreachable away) {
                // The next welcome asks again.
                session.loop().execute(() -> reconciling = false);
            } catch (Refused no) {
                session.loop().execute(() -> {
                    reconciling = false;
                    if (no.httpStatus() >= 500 || no.httpStatus() == 429 || no.httpStatus() == 404) {
                        session.loop().after(ASK_AGAIN, () -> reconcile(0));
                    } else {
                        LOG.info(
                                "this user has no calls to look after: {}",
                                no.error().message());
                    }
                });
            }
        });
    }

    private void truth(Api.Mine mine, @Nullable Lead lead, long asked, int crossings) {
        if (asked != news && crossings < CROSSINGS) {
            reconcile(crossings + 1);
            return;
        }
        reconciling = false;
        Call call = mine.call();
        if (call != null && isHungUp(call)) {
            return;
        }
        List<Api.MyLink> links = mine.links() == null ? List.of() : mine.links();
        Leg leg = null;
        for (Api.MyLink link : links) {
            Leg one = new Leg(link.callId(), link.me(), link.peer());
            servers.put(one, link.iceServers() == null ? List.of() : link.iceServers());
            if (call != null && link.callId().equals(call.id())) {
                leg = one;
            }
        }
        List<Offer> offers = mine.offers() == null ? List.of() : mine.offers();
        if (call == null && now instanceof InCall lost) {
            boolean waits = session.stores()
                    .calls()
                    .find(lost.call().id())
                    .filter(known -> known.status() == CallStatus.QUEUED || known.status() == CallStatus.RINGING)
                    .isPresent();
            if (waits) {
                say(Notice.Code.GIVEN_BACK, "");
            }
        }
        step(new News.Truth(offers, call, leg, lead, mutedInVoice()));
        line.keepOnly(legs(now).keySet());
        if (now instanceof InCall in) {
            tellMedia(in);
        }
    }

    /// After a restart of the window: the microphone stays as the agent left it.
    private boolean mutedInVoice() {
        return voice.snapshot().links().stream().anyMatch(link -> link.live() && link.muted());
    }

    private boolean isHungUp(Call call) {
        if (call.status() != CallStatus.ACTIVE && call.status() != CallStatus.HELD) {
            return false;
        }
        return hungUp.contains(call.id())
                || session.keptOnLoop().stream()
                        .filter(change -> change.type().equals("call.hangup"))
                        .map(Change::data)
                        .map(data -> data.path("call").asText())
                        .anyMatch(call.id().toString()::equals);
    }

    private void choices() {
        if (choicesKnown) {
            return;
        }
        choicesKnown = true;
        session.inBackground(() -> {
            try {
                List<PhoneModel.Choice> dispositions = numbered(session.api().dispositions());
                List<PhoneModel.Choice> reasons = session.api().breakReasons().stream()
                        .map(one -> new PhoneModel.Choice(one.name(), one.name(), null))
                        .toList();
                session.screen().execute(() -> {
                    model.dispositions().set(dispositions);
                    model.breakReasons().set(reasons);
                });
            } catch (Refused | Unreachable e) {
                LOG.info(
                        "dispositions and break reasons are asked for again with the next connection: {}",
                        e.getMessage());
                session.loop().execute(() -> choicesKnown = false);
            }
        });
    }

    /// The first nine are chosen by the digit of their place.
    private static List<PhoneModel.Choice> numbered(List<Api.Disposition> all) {
        List<PhoneModel.Choice> choices = new ArrayList<>();
        for (Api.Disposition one : all) {
            int place = choices.size() + 1;
            String sent = one.key() == null ? one.id() : one.key();
            choices.add(new PhoneModel.Choice(sent, one.name(), place <= 9 ? String.valueOf(place) : null));
        }
        return choices;
    }

    private void say(Notice.Code code, String text) {
        Notice notice = new Notice(code, text);
        session.screen().execute(() -> model.say(notice));
    }

    private Optional<String> currentLink() {
        return now instanceof InCall in ? line.link(in.leg()) : Optional.empty();
    }

    // --- what the agent does ---

    private void act(Runnable action) {
        session.loop().execute(() -> {
            if (!closed) {
                action.run();
            }
        });
    }

    @Override
    public void answer() {
        act(() -> {
            if (now instanceof Ringing ringing && ringing.answering() == null) {
                take(ringing.offers().getFirst());
            }
        });
    }

    @Override
    public void answer(CallId call) {
        act(() -> {
            if (now instanceof Ringing ringing && ringing.answering() == null) {
                ringing.offer(call).ifPresent(this::take);
            }
        });
    }

    private void take(Offer offer) {
        CallId call = offer.call().id();
        step(new News.Answering(call));
        session.askOnLoop("call.answer", Map.of("call", call), answer -> {
            switch (answer) {
                case Answer.Done(var data) -> {
                    JsonNode won = data.path("call");
                    if (won.isObject()) {
                        step(new News.Answered(new Answer.Done(won).as(Call.class), offer));
                    } else {
                        reconcile(0);
                    }
                }
                case Answer.No(var error) -> {
                    String owner = error.details() == null
                            ? ""
                            : error.details().path("owner").path("name").asText();
                    if (error.code().equals("CALL_ALREADY_ANSWERED") && !owner.isEmpty()) {
                        say(Notice.Code.ANSWERED_BY_OTHER, owner);
                    } else {
                        say(Notice.Code.TOO_LATE, error.message());
                    }
                    step(new News.Gone(call));
                    reconcile(0);
                }
                case Answer.Failed _, Answer.Kept _ -> {
                    say(Notice.Code.NO_LINE, "");
                    step(new News.NotAnswered(call));
                    reconcile(0);
                }
            }
        });
    }

    @Override
    public void decline(CallId call) {
        act(() -> {
            if (now instanceof Ringing ringing && ringing.offer(call).isPresent()) {
                step(new News.Gone(call));
                ask("call.decline", Map.of("call", call), () -> reconcile(0));
            }
        });
    }

    @Override
    public void hangUp() {
        act(() -> {
            if (now instanceof InCall in) {
                CallId call = in.call().id();
                hungUp.add(call);
                step(new News.HungUp(call));
                session.keepOnLoop("call.hangup", Map.of("call", call), "", answer -> {
                    if (answer instanceof Answer.No) {
                        hungUp.remove(call);
                        reconcile(0);
                    }
                });
            }
        });
    }

    @Override
    public void mute(boolean on) {
        act(() -> {
            if (now instanceof InCall in && in.muted() != on) {
                step(new News.Muted(on));
                line.mute(on);
                // For the record only: the microphone is off already.
                session.askOnLoop("call.mute", Map.of("call", in.call().id(), "muted", on), _ -> {});
            }
        });
    }

    @Override
    public void hold(boolean on) {
        act(() -> {
            if (now instanceof InCall in && in.held() != on) {
                CallId call = in.call().id();
                step(new News.Held(call, on));
                ask(on ? "call.hold" : "call.resume", Map.of("call", call), () -> step(new News.Held(call, !on)));
            }
        });
    }

    @Override
    public void keypad(String digits) {
        act(() -> {
            if (now instanceof InCall in && digits.matches("[0-9A-Da-d*#]{1,32}")) {
                line.dtmf(in.leg(), digits);
                session.askOnLoop("call.dtmf", Map.of("call", in.call().id(), "digits", digits), _ -> {});
            }
        });
    }

    @Override
    public void notes(String text) {
        act(() -> notes.typed(text));
    }

    @Override
    public void wrapUp(@Nullable String disposition) {
        act(() -> {
            if (!(now instanceof WrapUp wrap) || wrap.sent()) {
                return;
            }
            CallId call = wrap.call().id();
            Map<String, Object> data = new HashMap<>();
            data.put("call", call);
            if (disposition != null) {
                data.put("disposition", disposition);
            }
            data.put("notes", notes.text());
            notes.handedOver();
            step(new News.WrapUpSent(call, true));
            String[] id = {""};
            id[0] = session.keepOnLoop("call.wrapUp", data, "wrapUp:" + call, answer -> {
                if (answer instanceof Answer.No(var error)) {
                    // The dock itself is the way on.
                    session.outbox().discard(id[0]);
                    say(Notice.Code.REFUSED, error.message());
                    step(new News.WrapUpSent(call, false));
                    reconcile(0);
                }
            });
        });
    }

    @Override
    public void extend() {
        act(() -> call(now).ifPresent(call -> ask("call.extend", Map.of("call", call.id()), () -> {})));
    }

    @Override
    public void setState(AgentState wanted, @Nullable String reason) {
        act(() -> ask("agent.setState", choice(wanted, reason), () -> {}));
    }

    @Override
    public void setNext(@Nullable AgentState wanted, @Nullable String reason) {
        act(() -> ask("agent.setNext", choice(wanted, reason), () -> {}));
    }

    private static Map<String, String> choice(@Nullable AgentState wanted, @Nullable String reason) {
        Map<String, String> data = new HashMap<>();
        if (wanted != null) {
            data.put("state", wanted.wire());
        }
        if (reason != null) {
            data.put("reason", reason);
        }
        return data;
    }

    /// Asks now; says why when it is not done.
    private void ask(String type, Object data, Runnable undone) {
        session.askOnLoop(type, data, answer -> {
            switch (answer) {
                case Answer.Done _, Answer.Kept _ -> {}
                case Answer.No(var error) -> {
                    say(Notice.Code.REFUSED, error.message());
                    undone.run();
                }
                case Answer.Failed _ -> {
                    say(Notice.Code.NO_LINE, "");
                    undone.run();
                }
            }
        });
    }

    @Override
    public void dismissWarning() {
        session.screen().execute(() -> model.warning().set(null));
    }

    /// Lets go of voice and session. The call goes on in the voice process.
    @Override
    public void close() {
        voiceEvents.close();
        serverEvents.close();
        session.screen().execute(() -> {
            Table.Registration agent = ownAgent;
            if (agent != null) {
                agent.close();
            }
        });
        session.loop().execute(() -> {
            closed = true;
            overdue.cancel();
            notes.put();
            line.close();
            if (rang) {
                voice.send(new VoiceCommand.Ring(false));
            }
        });
    }
}
