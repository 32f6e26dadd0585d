package dev.patchbay.desktop.line.web;

import dev.patchbay.desktop.line.Leg;
import dev.patchbay.desktop.line.LegState;
import dev.patchbay.desktop.line.Line;
import dev.patchbay.desktop.session.Loop;
import dev.patchbay.desktop.voice.LinkState;
import dev.patchbay.desktop.voice.SdpKind;
import dev.patchbay.desktop.voice.Voice;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.desktop.voice.VoiceSnapshot;
import dev.patchbay.model.IceServer;
import dev.patchbay.model.Json;
import dev.patchbay.model.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The line to visitors' pages and other consoles.
public final class WebLine implements Line {
    private static final Logger LOG = LoggerFactory.getLogger(WebLine.class);
    /// A path that is gone may come back by itself; after this it is looked for.
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /// A set-up that has led to nothing is begun afresh after this, then after twice as long, and so on.
    private static final Duration SET_UP = Duration.ofSeconds(8);
    /// A peer that asks for an offer while one is on its way to it gets that one only.
    private static final Duration JUST_OFFERED = Duration.ofSeconds(2);

    private final Voice voice;
    private final Loop loop;
    private final InstantSource clock;
    private final Consumer<Signal> wire;
    private final Listener listener;
    private final Voice.Registration registration;
    private final Map<Leg, Strand> strands = new LinkedHashMap<>();
    private boolean engine;
    private boolean muted;

    /// What is wanted of a leg, and what stands for it in the voice process.
    private static final class Strand {
        final Leg leg;
        List<IceServer> ice;
        String session = "";
        boolean open;
        boolean live;
        boolean held;
        int attempts;
        Instant offered = Instant.EPOCH;
        LegState state = LegState.CONNECTING;
        Loop.Timer mend = Loop.Timer.NONE;

        Strand(Leg leg, List<IceServer> ice) {
            this.leg = leg;
            this.ice = ice;
        }

        String link() {
            return leg + "/" + session;
        }
    }

    /// What a link in the voice process belongs to.
    private record Tag(Leg leg, String session) {
        static Optional<Tag> read(String text) {
            try {
                Tag tag = Json.read(text, Tag.class);
                return tag.leg() == null || tag.session() == null ? Optional.empty() : Optional.of(tag);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /// @param wire sends a signal, now or when the line to the server is back
    public WebLine(Voice voice, Loop loop, InstantSource clock, Consumer<Signal> wire, Listener listener) {
        this.voice = voice;
        this.loop = loop;
        this.clock = clock;
        this.wire = wire;
        this.listener = listener;
        engine = voice.snapshot().engine() == VoiceSnapshot.Engine.READY;
        registration = voice.listen(event -> loop.execute(() -> heard(event)));
    }

    @Override
    public void warm(Leg leg, List<IceServer> ice) {
        Strand known = strands.get(leg);
        if (known != null) {
            known.ice = ice.isEmpty() ? known.ice : ice;
            return;
        }
        Strand strand = new Strand(leg, ice);
        strands.put(leg, strand);
        if (engine) {
            adoptOrOpen(strand);
        }
    }

    /// A link that stands is taken over as it is, whatever its sound does; else one is opened.
    private void adoptOrOpen(Strand strand) {
        for (VoiceSnapshot.Link link : voice.snapshot().links()) {
            Optional<Tag> tag = Tag.read(link.tag());
            if (tag.isEmpty()
                    || !tag.get().leg().equals(strand.leg)
                    || link.state() == LinkState.CLOSED
                    || (!strand.session.isEmpty() && !tag.get().session().equals(strand.session))) {
                continue;
            }
            strand.session = tag.get().session();
            strand.open = true;
            if (strand.live && !link.live()) {
                voice.send(new VoiceCommand.Live(strand.link(), true));
            }
            strand.live |= link.live();
            if (strand.held != link.held() && strand.held) {
                voice.send(new VoiceCommand.Hold(strand.link(), true));
            }
            strand.held |= link.held();
            changed(strand, link.state());
            return;
        }
        open(strand);
    }

    private void open(Strand strand) {
        strand.mend.cancel();
        if (strand.open) {
            voice.send(new VoiceCommand.Close(strand.link()));
        }
        strand.session = UUID.randomUUID().toString();
        strand.open = true;
        strand.offered = clock.instant();
        if (muted) {
            voice.send(new VoiceCommand.Mute(null, true));
        }
        voice.send(new VoiceCommand.Open(
                strand.link(), Json.write(new Tag(strand.leg, strand.session)), servers(strand.ice), true));
        if (strand.live) {
            voice.send(new VoiceCommand.Live(strand.link(), true));
        }
        if (strand.held) {
            voice.send(new VoiceCommand.Hold(strand.link(), true));
        }
        Duration patience = SET_UP.multipliedBy(1L << Math.min(strand.attempts, 3));
        strand.attempts++;
        strand.mend = loop.after(patience, () -> again(strand, strand.session));
    }

    private void again(Strand strand, String session) {
        if (engine && strands.get(strand.leg) == strand && strand.session.equals(session)) {
            LOG.info("the sound of {} did not come up; it is set up afresh", strand.leg);
            open(strand);
        }
    }

    private static List<dev.patchbay.desktop.voice.IceServer> servers(List<IceServer> ice) {
        return ice.stream()
                .filter(server -> !server.urls().isEmpty())
                .map(server ->
                        new dev.patchbay.desktop.voice.IceServer(server.urls(), server.username(), server.credential()))
                .toList();
    }

    @Override
    public void live(Leg leg) {
        Strand strand = strands.get(leg);
        if (strand != null && !strand.live) {
            strand.live = true;
            if (strand.open && engine) {
                voice.send(new VoiceCommand.Live(strand.link(), true));
            }
            // Who answers has not heard of the time when it rang; a warm leg is connected already.
            loop.execute(() -> listener.changed(leg, strand.state));
        }
    }

    @Override
    public void hold(Leg leg, boolean on) {
        Strand strand = strands.get(leg);
        if (strand != null && strand.held != on) {
            strand.held = on;
            if (strand.open && engine) {
                voice.send(new VoiceCommand.Hold(strand.link(), on));
            }
        }
    }

    @Override
    public void mute(boolean on) {
        muted = on;
        voice.send(new VoiceCommand.Mute(null, on));
    }

    @Override
    public void dtmf(Leg leg, String digits) {
        Strand strand = strands.get(leg);
        if (strand != null && strand.open) {
            voice.send(new VoiceCommand.Dtmf(strand.link(), digits));
        }
    }

    @Override
    public void end(Leg leg) {
        Strand strand = strands.remove(leg);
        if (strand != null) {
            strand.mend.cancel();
            if (strand.open && engine) {
                voice.send(new VoiceCommand.Close(strand.link()));
            }
            listener.changed(leg, LegState.ENDED);
        }
    }

    @Override
    public void keepOnly(Set<Leg> legs) {
        Set.copyOf(strands.keySet()).stream().filter(leg -> !legs.contains(leg)).forEach(this::end);
        for (VoiceSnapshot.Link link : voice.snapshot().links()) {
            Optional<Tag> tag = Tag.read(link.tag());
            if (tag.isPresent() && !legs.contains(tag.get().leg())) {
                LOG.info("a call that is over was still open in the voice process; it is closed");
                voice.send(new VoiceCommand.Close(link.link()));
            }
        }
    }

    @Override
    public void mend() {
        strands.values().stream()
                .filter(strand -> strand.state == LegState.INTERRUPTED)
                .forEach(this::restart);
    }

    @Override
    public Optional<String> link(Leg leg) {
        return Optional.ofNullable(strands.get(leg))
                .filter(strand -> strand.open)
                .map(Strand::link);
    }

    /// A signal for this console.
    public void receive(Signal signal) {
        Leg leg = new Leg(signal.call(), signal.to(), signal.from());
        Strand strand = strands.get(leg);
        if (strand == null) {
            LOG.debug("a {} for a leg that is not here any more is passed over", signal.kind());
            return;
        }
        boolean mine = signal.session().equals(strand.session);
        switch (signal.kind()) {
            case OFFER, ANSWER -> {
                String sdp = signal.sdp();
                if (mine && sdp != null) {
                    SdpKind kind = signal.kind() == Signal.Kind.OFFER ? SdpKind.OFFER : SdpKind.ANSWER;
                    voice.send(new VoiceCommand.Remote(strand.link(), kind, sdp));
                }
            }
            case CANDIDATE -> {
                String candidate = signal.candidate();
                Integer index = signal.lineIndex();
                if (mine && candidate != null && !candidate.isBlank()) {
                    voice.send(new VoiceCommand.Candidate(
                            strand.link(), signal.mid(), index == null ? 0 : index, candidate));
                }
            }
            case RESTART_ICE -> {
                if (mine) {
                    restart(strand);
                }
            }
            case RENEGOTIATE -> {
                // The page has no connection to us (it was loaded again), or could not use our offer.
                boolean onItsWay = !mine && clock.instant().isBefore(strand.offered.plus(JUST_OFFERED));
                if (engine && !onItsWay) {
                    strand.attempts = 0;
                    open(strand);
                }
            }
            case BYE -> end(leg);
        }
    }

    private void heard(VoiceEvent event) {
        switch (event) {
            case VoiceEvent.EngineReady _ -> {
                engine = true;
                strands.values().forEach(strand -> {
                    strand.open = false;
                    strand.attempts = 0;
                    adoptOrOpen(strand);
                });
                if (muted) {
                    voice.send(new VoiceCommand.Mute(null, true));
                }
            }
            case VoiceEvent.EngineStarting _, VoiceEvent.EngineLost _, VoiceEvent.TakenOver _ -> {
                engine = false;
                strands.values().forEach(strand -> {
                    strand.open = false;
                    strand.mend.cancel();
                    tell(strand, LegState.INTERRUPTED);
                });
            }
            case VoiceEvent.OfLink of -> strand(of.link()).ifPresent(strand -> heard(strand, of));
            default -> {}
        }
    }

    private void heard(Strand strand, VoiceEvent.OfLink event) {
        switch (event) {
            case VoiceEvent.LocalDescription own -> {
                Signal.Kind kind = own.kind() == SdpKind.OFFER ? Signal.Kind.OFFER : Signal.Kind.ANSWER;
                signal(strand, kind, own.sdp(), null, null, null);
            }
            case VoiceEvent.LocalCandidate own ->
                signal(strand, Signal.Kind.CANDIDATE, null, own.candidate(), own.mid(), own.index());
            case VoiceEvent.LinkChanged change -> changed(strand, change.state());
            default -> {}
        }
    }

    private void changed(Strand strand, LinkState state) {
        switch (state) {
            case CONNECTING -> {
                if (strand.state == LegState.CONNECTED) {
                    tell(strand, LegState.INTERRUPTED);
                }
            }
            case CONNECTED -> {
                strand.mend.cancel();
                strand.attempts = 0;
                tell(strand, LegState.CONNECTED);
            }
            case DISCONNECTED -> {
                tell(strand, LegState.INTERRUPTED);
                strand.mend.cancel();
                strand.mend = loop.after(PATIENCE, () -> restart(strand));
            }
            case FAILED -> {
                tell(strand, LegState.INTERRUPTED);
                restart(strand);
            }
            case CLOSED -> {
                // The engine gave the link up though nobody here asked for it.
                strand.open = false;
                tell(strand, LegState.INTERRUPTED);
                strand.mend.cancel();
                strand.mend = loop.after(PATIENCE, () -> again(strand, strand.session));
            }
        }
    }

    /// Looks for a new path; when that leads to nothing either, everything is set up afresh.
    private void restart(Strand strand) {
        if (!engine || strands.get(strand.leg) != strand) {
            return;
        }
        strand.mend.cancel();
        if (!strand.open) {
            open(strand);
            return;
        }
        voice.send(new VoiceCommand.RestartIce(strand.link(), servers(strand.ice)));
        String session = strand.session;
        strand.mend = loop.after(SET_UP, () -> again(strand, session));
    }

    private void tell(Strand strand, LegState state) {
        if (strand.state != state) {
            strand.state = state;
            listener.changed(strand.leg, state);
        }
    }

    private Optional<Strand> strand(String link) {
        return strands.values().stream()
                .filter(strand -> strand.link().equals(link))
                .findFirst();
    }

    private void signal(
            Strand strand,
            Signal.Kind kind,
            @Nullable String sdp,
            @Nullable String candidate,
            @Nullable String mid,
            @Nullable Integer index) {
        Leg leg = strand.leg;
        wire.accept(new Signal(leg.call(), leg.me(), leg.peer(), strand.session, kind, sdp, candidate, mid, index));
    }

    @Override
    public void close() {
        registration.close();
        strands.values().forEach(strand -> strand.mend.cancel());
    }
}
