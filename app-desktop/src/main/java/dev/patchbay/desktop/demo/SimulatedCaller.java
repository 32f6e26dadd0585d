package dev.patchbay.desktop.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.session.Answer;
import dev.patchbay.desktop.session.LiveLink;
import dev.patchbay.desktop.session.LiveState;
import dev.patchbay.desktop.session.Loop;
import dev.patchbay.desktop.session.ServerAddress;
import dev.patchbay.desktop.session.ThreadLoop;
import dev.patchbay.desktop.session.Trust;
import dev.patchbay.desktop.voice.Voice;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.model.EventType;
import dev.patchbay.model.Frame;
import dev.patchbay.model.IceServer;
import dev.patchbay.model.Json;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.Payload;
import dev.patchbay.model.Signal;
import dev.patchbay.model.VisitorCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One caller of the demo, from the first request to the stars. A WebRTC peer as a visitor's page is one, but for the
/// person.
///
/// Everything runs on the caller's loop; [#close] hangs up and ends it.
public final class SimulatedCaller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedCaller.class);
    private static final Duration BREATH = Duration.ofMillis(300);
    private static final Duration LISTENS = Duration.ofMillis(1800);

    private final Caller who;
    private final VisitorDesk.Ticket ticket;
    private final Voice voice;
    private final Sentences sentences;
    private final Consumer<Step> listener;
    private final ThreadLoop loop;
    private final LiveLink link;
    private final Voice.Registration hearing;
    private final Map<ParticipantId, String> sessions = new HashMap<>();
    private VisitorCall call;
    private int said;
    private boolean speaking;
    private boolean over;
    private Loop.Timer patience = Loop.Timer.NONE;

    /// Something a caller did or met.
    ///
    /// @param what such as `waiting`, `connected`, `said`, `hungUp`, `gaveUp`, `ended`
    /// @param detail what was said, or why
    public record Step(Caller caller, VisitorCall call, String what, String detail) {}

    /// Calls now.
    ///
    /// @throws java.io.UncheckedIOException when the server cannot be reached or says no
    public static SimulatedCaller call(
            ServerAddress server,
            String company,
            Caller who,
            Voice voice,
            Sentences sentences,
            Consumer<Step> listener) {
        SimulatedCaller caller =
                new SimulatedCaller(server, who, VisitorDesk.call(server, company, who), voice, sentences, listener);
        caller.begin();
        return caller;
    }

    private SimulatedCaller(
            ServerAddress server,
            Caller who,
            VisitorDesk.Ticket ticket,
            Voice voice,
            Sentences sentences,
            Consumer<Step> listener) {
        this.who = who;
        this.ticket = ticket;
        this.call = ticket.call();
        this.voice = voice;
        this.sentences = sentences;
        this.listener = listener;
        this.loop = new ThreadLoop("caller-" + who.id());
        this.link = new LiveLink(
                server.live(),
                new Trust(null),
                LiveLink.Tickets.always(ticket.token()),
                new LiveLink.Passport("caller", true, List.of()),
                LiveLink.Timing.USUAL,
                loop,
                work -> Thread.ofVirtual().start(work),
                InstantSource.system(),
                new Line());
        this.hearing = voice.listen(event -> loop.execute(() -> heard(event)));
    }

    private void begin() {
        loop.execute(() -> {
            tell("waiting", who.topic());
            patience = loop.after(who.patience(), this::giveUp);
            // A fast console's offer may be there before this link is.
            link.start(ticket.asOf());
        });
    }

    public VisitorCall state() {
        return call;
    }

    private final class Line implements LiveLink.Listener {
        @Override
        public void welcome(Frame.Welcome welcome, boolean complete) {}

        @Override
        public void reset() {}

        @Override
        public void state(LiveState now) {}

        @Override
        public void event(Frame.Event event) {
            EventType.of(event.type()).ifPresent(type -> {
                switch (Json.convert(event.data(), type.payload())) {
                    case Payload.OfVisitor update -> updated(update.call());
                    case Payload.OfSignal signal -> signalled(signal.signal());
                    default -> LOG.debug("a visitor is not concerned by {}", event.type());
                }
            });
        }
    }

    private void updated(VisitorCall now) {
        if (over || now.version() < call.version()) {
            return;
        }
        boolean wasConnected = call.status().equals("connected");
        call = now;
        switch (now.status()) {
            case "connected" -> {
                patience.cancel();
                ParticipantId peer = now.peer();
                if (peer != null && sessions.containsKey(peer)) {
                    voice.send(new VoiceCommand.Live(name(peer), true));
                }
                if (!wasConnected) {
                    tell("connected", String.valueOf(now.agentName()));
                    loop.after(BREATH, this::speak);
                }
            }
            case "ended" -> end(String.valueOf(now.endReason()));
            default -> {}
        }
    }

    private void signalled(Signal signal) {
        if (over) {
            return;
        }
        ParticipantId peer = signal.from();
        switch (signal.kind()) {
            case OFFER -> {
                if (!signal.session().equals(sessions.get(peer))) {
                    voice.send(new VoiceCommand.Close(name(peer)));
                    sessions.put(peer, signal.session());
                    voice.send(new VoiceCommand.Open(name(peer), who.id(), ice(), false));
                    if (peer.equals(call.peer()) && call.status().equals("connected")) {
                        voice.send(new VoiceCommand.Live(name(peer), true));
                    }
                }
                voice.send(new VoiceCommand.Remote(
                        name(peer), dev.patchbay.desktop.voice.SdpKind.OFFER, String.valueOf(signal.sdp())));
            }
            case CANDIDATE -> {
                String candidate = signal.candidate();
                Integer index = signal.lineIndex();
                if (candidate != null && signal.session().equals(sessions.get(peer))) {
                    voice.send(
                            new VoiceCommand.Candidate(name(peer), signal.mid(), index == null ? 0 : index, candidate));
                }
            }
            case BYE -> {
                if (sessions.remove(peer) != null) {
                    voice.send(new VoiceCommand.Close(name(peer)));
                }
            }
            case ANSWER, RENEGOTIATE, RESTART_ICE -> LOG.debug("a caller makes no offers: {}", signal.kind());
        }
    }

    private void heard(VoiceEvent event) {
        if (over || !(event instanceof VoiceEvent.OfLink of)) {
            return;
        }
        ParticipantId peer = peerOf(of.link());
        if (peer == null) {
            return;
        }
        switch (of) {
            case VoiceEvent.LocalDescription local -> signal(peer, Signal.Kind.ANSWER, local.sdp(), null, null, null);
            case VoiceEvent.LocalCandidate local ->
                signal(peer, Signal.Kind.CANDIDATE, null, local.candidate(), local.mid(), local.index());
            case VoiceEvent.LinkChanged changed ->
                link.ask(
                        "call.media",
                        dev.patchbay.model.Id.next().toString(),
                        Json.tree(Map.of(
                                "call",
                                call.callId(),
                                "state",
                                changed.state().name().toLowerCase(java.util.Locale.ROOT))),
                        this::answered);
            case VoiceEvent.PlayEnded _ -> {
                speaking = false;
                loop.after(LISTENS, this::speak);
            }
            default -> {}
        }
    }

    private void signal(
            ParticipantId peer,
            Signal.Kind kind,
            @Nullable String sdp,
            @Nullable String candidate,
            @Nullable String mid,
            @Nullable Integer index) {
        String session = sessions.get(peer);
        if (session != null) {
            command(
                    "signal.send",
                    new Signal(call.callId(), call.me(), peer, session, kind, sdp, candidate, mid, index));
        }
    }

    /// The next sentence; after the last one good-bye. On hold the caller waits in silence.
    private void speak() {
        if (over || speaking) {
            return;
        }
        if (call.status().equals("held")) {
            loop.after(LISTENS, this::speak);
            return;
        }
        ParticipantId peer = call.peer();
        if (said == who.lines().size() || peer == null) {
            tell("hungUp", "");
            command("call.hangup", Map.of("call", call.callId()));
            return;
        }
        said++;
        speaking = true;
        voice.send(new VoiceCommand.Play(name(peer), sentences.of(who, said)));
        tell("said", who.lines().get(said - 1));
    }

    private void giveUp() {
        if (!over) {
            tell("gaveUp", "after " + who.patienceSeconds() + " s");
            command("call.hangup", Map.of("call", call.callId()));
        }
    }

    private void end(String reason) {
        over = true;
        patience.cancel();
        sessions.keySet().forEach(peer -> voice.send(new VoiceCommand.Close(name(peer))));
        if (said > 0) {
            command("call.rate", Map.of("call", call.callId(), "stars", who.stars()));
        }
        tell("ended", reason);
    }

    private void command(String type, Object data) {
        JsonNode tree = Json.tree(data);
        link.insist(type, dev.patchbay.model.Id.next().toString(), tree, Duration.ofSeconds(20), this::answered);
    }

    private void answered(Answer answer) {
        if (answer instanceof Answer.No no) {
            LOG.info("{} was told: {}", who.name(), no.error().message());
        }
    }

    private void tell(String what, String detail) {
        listener.accept(new Step(who, call, what, detail));
    }

    private String name(ParticipantId peer) {
        return call.callId() + "/caller/" + peer;
    }

    private @Nullable ParticipantId peerOf(String name) {
        String prefix = call.callId() + "/caller/";
        return name.startsWith(prefix) ? ParticipantId.of(name.substring(prefix.length())) : null;
    }

    private List<dev.patchbay.desktop.voice.IceServer> ice() {
        return ticket.iceServers().stream()
                .map((IceServer server) ->
                        new dev.patchbay.desktop.voice.IceServer(server.urls(), server.username(), server.credential()))
                .toList();
    }

    @Override
    public void close() {
        loop.execute(() -> {
            if (!over) {
                command("call.hangup", Map.of("call", call.callId()));
                end("closed");
            }
        });
        loop.after(Duration.ofMillis(500), () -> {
            hearing.close();
            link.close();
            loop.close();
        });
    }
}
