package dev.patchbay.desktop.voice;

import dev.patchbay.desktop.voice.VoiceSnapshot.Engine;
import dev.patchbay.desktop.voice.VoiceSnapshot.Link;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A voice without sound, for tests of what stands above the port and for screenshots. It keeps the port's promises:
/// events in order on one thread, an offer is answered, a link connects when both descriptions are there, hold and ICE
/// restart make a new offer, a dead engine forgets its links.
///
/// Above that it does as told: [#die], [#revive], [#missing], [#levels], [#quality], [#change].
public final class ScriptedVoice implements Voice {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptedVoice.class);

    /// Two devices each, so that a choice can be shown.
    public static final VoiceDevices DEVICES = new VoiceDevices(
            List.of(
                    new VoiceDevices.Device("headset-in", "Headset microphone", true),
                    new VoiceDevices.Device("built-in", "Built-in microphone", false)),
            List.of(
                    new VoiceDevices.Device("headset-out", "Headset", true),
                    new VoiceDevices.Device("loudspeaker", "Loudspeaker", false)),
            null,
            null,
            null);

    private final InstantSource clock;
    private final ExecutorService teller = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("scripted-voice").factory());
    private final List<Consumer<VoiceEvent>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final List<VoiceCommand> received = new ArrayList<>();
    private VoiceDevices devices = DEVICES;
    private VoiceLevels levels = VoiceLevels.SILENT;
    private Engine engine = Engine.READY;
    private @Nullable MissingAudio missing;
    private boolean allMuted;
    private int descriptions;

    public ScriptedVoice(InstantSource clock) {
        this.clock = clock;
    }

    public ScriptedVoice() {
        this(InstantSource.system());
    }

    @Override
    public Registration listen(Consumer<VoiceEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public VoiceSnapshot snapshot() {
        lock.lock();
        try {
            return new VoiceSnapshot(engine, List.copyOf(links.values()), devices, levels, missing);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(VoiceCommand command) {
        locked(() -> {
            received.add(command);
            if (engine == Engine.READY) obey(command);
        });
    }

    /// Every command so far, obeyed or not.
    public List<VoiceCommand> received() {
        lock.lock();
        try {
            return List.copyOf(received);
        } finally {
            lock.unlock();
        }
    }

    /// The process is killed: links are forgotten, commands are dropped until [#revive].
    public void die(String reason) {
        locked(() -> {
            links.clear();
            engine = Engine.LOST;
            tell(new VoiceEvent.EngineLost(reason));
            tell(new VoiceEvent.EngineStarting());
        });
    }

    /// The next process is there.
    public void revive() {
        locked(() -> {
            engine = Engine.READY;
            tell(new VoiceEvent.EngineReady(snapshot()));
        });
    }

    /// Sound goes (or, with null, comes back).
    public void missing(@Nullable MissingAudio what) {
        locked(() -> {
            missing = what;
            tell(what == null ? new VoiceEvent.AudioFound() : new VoiceEvent.AudioMissing(what));
        });
    }

    public void levels(VoiceLevels now) {
        locked(() -> {
            levels = now;
            tell(new VoiceEvent.Levels(now));
        });
    }

    public void quality(String link, Duration rtt, Duration jitter, double loss) {
        tell(new VoiceEvent.Quality(link, rtt, jitter, loss, Mos.of(rtt, jitter, loss), 0));
    }

    /// The network of a link changes; `CLOSED` makes it go.
    public void change(String link, LinkState state) {
        locked(() -> moved(link, state));
    }

    /// The far end holds us, or takes us back.
    public void heldByThem(String link, boolean on) {
        locked(() -> {
            with(link, l -> l.withHeldByThem(on));
            tell(new VoiceEvent.HeldByThem(link, on));
        });
    }

    /// Any other event, as the engine would tell it.
    public void tell(VoiceEvent event) {
        if (!teller.isShutdown()) teller.execute(() -> listeners.forEach(listener -> hand(listener, event)));
    }

    private static void hand(Consumer<VoiceEvent> listener, VoiceEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed at {}; the others are told", event, e);
        }
    }

    private void obey(VoiceCommand command) {
        if (command instanceof VoiceCommand.OfLink of
                && !(of instanceof VoiceCommand.Open)
                && !links.containsKey(of.link())) {
            tell(new VoiceEvent.Problem(of.link(), "NO_SUCH_LINK", "There is no link " + of.link() + "."));
            return;
        }
        switch (command) {
            case VoiceCommand.Open open -> open(open);
            case VoiceCommand.Tag tag -> with(tag.link(), l -> l.withTag(tag.tag()));
            case VoiceCommand.Remote remote -> {
                if (remote.kind() == SdpKind.OFFER) describe(remote.link(), SdpKind.ANSWER);
                moved(remote.link(), LinkState.CONNECTED);
            }
            case VoiceCommand.Candidate _ -> {}
            case VoiceCommand.RestartIce restart -> describe(restart.link(), SdpKind.OFFER);
            case VoiceCommand.Live live -> {
                with(live.link(), l -> l.withLive(live.on()));
                if (live.on()) tell(new VoiceEvent.FirstAudio(live.link(), clock.instant(), Duration.ofMillis(20)));
            }
            case VoiceCommand.Mute mute -> {
                if (mute.link() == null) allMuted = mute.on();
                links.replaceAll((id, l) -> mute.link() == null || id.equals(mute.link()) ? l.withMuted(mute.on()) : l);
                tell(new VoiceEvent.LinksChanged(List.copyOf(links.values())));
            }
            case VoiceCommand.Hold hold -> {
                with(hold.link(), l -> l.withHeld(hold.on()));
                describe(hold.link(), SdpKind.OFFER);
            }
            case VoiceCommand.Dtmf dtmf -> tell(new VoiceEvent.DtmfSent(dtmf.link(), dtmf.digits()));
            case VoiceCommand.Close close -> moved(close.link(), LinkState.CLOSED);
            case VoiceCommand.ChooseDevices choice -> {
                devices = new VoiceDevices(
                        devices.microphones(),
                        devices.speakers(),
                        choice.microphone(),
                        choice.speaker(),
                        choice.ringer());
                tell(new VoiceEvent.DevicesChanged(devices));
            }
            case VoiceCommand.Processing _, VoiceCommand.Ring _, VoiceCommand.TestSpeaker _ -> {}
            case VoiceCommand.TestMicrophone _ -> tell(new VoiceEvent.MicrophoneTested(0.4));
            case VoiceCommand.StartRecording start -> {
                recorded(start.link(), true, false);
                tell(new VoiceEvent.RecordingChanged(start.link(), start.file(), false));
            }
            case VoiceCommand.StopRecording stop -> {
                recorded(stop.link(), false, false);
                tell(new VoiceEvent.RecordingChanged(stop.link(), null, false));
            }
            case VoiceCommand.Mask mask -> recorded(mask.link(), true, mask.on());
            case VoiceCommand.Play play -> {
                if (play.file() != null) tell(new VoiceEvent.PlayEnded(play.link(), play.file()));
            }
            case VoiceCommand.WriteHeard _ -> {}
            case VoiceCommand.Shutdown _ -> {
                links.clear();
                engine = Engine.LOST;
                tell(new VoiceEvent.EngineLost("it was told to end"));
            }
        }
    }

    private void open(VoiceCommand.Open open) {
        if (links.containsKey(open.link())) {
            with(open.link(), l -> l.withTag(open.tag()));
            return;
        }
        links.put(open.link(), Link.opened(open.link(), open.tag(), clock.instant()));
        with(open.link(), l -> l.withMuted(allMuted));
        tell(new VoiceEvent.LinkChanged(open.link(), LinkState.CONNECTING));
        if (open.offer()) describe(open.link(), SdpKind.OFFER);
    }

    /// Looks like SDP and is different every time, so that a test can tell which one was carried where.
    private void describe(String link, SdpKind kind) {
        descriptions++;
        tell(new VoiceEvent.LocalDescription(
                link, kind, "v=0\r\no=- " + descriptions + " 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"));
        tell(new VoiceEvent.LocalCandidate(link, "0", 0, "candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host"));
    }

    private void recorded(String link, boolean recording, boolean masked) {
        with(link, l -> l.withRecording(recording, masked));
    }

    private void moved(String link, LinkState state) {
        Link old = links.get(link);
        if (old == null || old.state() == state) return;
        if (state == LinkState.CLOSED) links.remove(link);
        with(link, l -> l.withState(state));
        tell(new VoiceEvent.LinkChanged(link, state));
    }

    private void with(String link, UnaryOperator<Link> change) {
        links.computeIfPresent(link, (_, now) -> change.apply(now));
        tell(new VoiceEvent.LinksChanged(List.copyOf(links.values())));
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        locked(() -> engine = Engine.DETACHED);
        teller.shutdown();
        try {
            if (!teller.awaitTermination(1, TimeUnit.SECONDS)) teller.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
