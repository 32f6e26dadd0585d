package dev.patchbay.desktop.voice.engine;

import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.patchbay.desktop.voice.EngineSettings;
import dev.patchbay.desktop.voice.LinkState;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.desktop.voice.VoiceLevels;
import dev.patchbay.desktop.voice.VoiceSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Obeys commands on the native thread, one after the other, and tells what happens.
final class Engine implements Surroundings, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /// A native call that takes longer will not come back (a sound server that hangs); the process is then better dead.
    private static final long STUCK_AFTER = TimeUnit.SECONDS.toNanos(15);

    /// Why the process ends.
    enum Ending {
        TOLD_TO,
        IDLE,
        /// Replaced by a fresh process; nobody need know.
        RECYCLED,
        /// Playout stays dead in this process; the console opens the links again in the next one.
        SOUND_CAME_BACK
    }

    private final EngineSettings settings;
    private final InstantSource clock;
    private final Consumer<Ending> ended;
    private final ScheduledExecutorService nativeThread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("voice-native").factory());
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("voice-clock").factory());
    private final Reels reels = new Reels();
    private final Map<String, Line> lines = new ConcurrentSkipListMap<>();
    private final Rooms rooms;
    private final SoundDesk desk;
    private final Lasting speakingMuted = new Lasting(5, 100);
    private final Lasting deaf = new Lasting(50, 300);
    private @Nullable Door door;
    private VoiceCommand.Processing processing = VoiceCommand.Processing.ALL;
    private boolean allMuted;
    private int linksSoFar;
    private long idleSince = System.nanoTime();
    private boolean ending;
    private volatile VoiceLevels levels = VoiceLevels.SILENT;
    private volatile long busySince;

    /// A link with what is around it.
    private static final class Line {
        final PeerLink link;
        final Room room;
        final Meter meter;

        /// Since when it is not connected while no window is there; 0 while it is, or one is.
        long lostSince;

        @Nullable
        CallReel recording;

        @Nullable
        Path recordingFile;

        @Nullable
        HeardReel heard;

        Line(PeerLink link, Room room, Meter meter) {
            this.link = link;
            this.room = room;
            this.meter = meter;
        }
    }

    Engine(EngineSettings settings, InstantSource clock, Consumer<Ending> ended) {
        this.settings = settings;
        this.clock = clock;
        this.ended = ended;
        rooms = new Rooms();
        desk = new SoundDesk(settings.sound() ? Sound.ofThisSystem() : null, this, rooms, this::soundCameBack);
    }

    void start(Door way) {
        door = way;
        desk.begin();
        later(this::warm);
        ticker.scheduleAtFixedRate(this::tick, 100, 100, TimeUnit.MILLISECONDS);
        ticker.scheduleAtFixedRate(() -> later(this::everySecond), 1, 1, TimeUnit.SECONDS);
    }

    VoiceSnapshot snapshot() {
        return new VoiceSnapshot(VoiceSnapshot.Engine.READY, views(), desk.devices(), levels, desk.missing());
    }

    private List<VoiceSnapshot.Link> views() {
        return lines.values().stream().map(line -> line.link.view()).toList();
    }

    // ---- surroundings of a link

    @Override
    public void tell(VoiceEvent event) {
        if (door != null) door.tell(event);
    }

    @Override
    public void linksChanged() {
        tell(new VoiceEvent.LinksChanged(views()));
    }

    @Override
    public Reels reels() {
        return reels;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public void later(Runnable work) {
        try {
            nativeThread.execute(() -> watched(work));
        } catch (RejectedExecutionException _) {
            // The process is ending.
        }
    }

    private void watched(Runnable work) {
        busySince = System.nanoTime();
        try {
            work.run();
        } catch (RuntimeException | Error e) { // the native side throws `java.lang.Error`
            LOG.error("a step failed; the engine goes on", e);
        } finally {
            busySince = 0;
        }
    }

    // ---- commands

    /// From any thread; obeyed in order.
    void obey(VoiceCommand command) {
        later(() -> {
            try {
                run(command);
            } catch (Answer.Refused e) {
                @Nullable String link = command instanceof VoiceCommand.OfLink of ? of.link() : null;
                tell(new VoiceEvent.Problem(link, "BAD_DESCRIPTION", String.valueOf(e.getMessage())));
            } catch (IOException | RuntimeException | Error e) {
                LOG.warn("{} failed", command.getClass().getSimpleName(), e);
                @Nullable String link = command instanceof VoiceCommand.OfLink of ? of.link() : null;
                tell(new VoiceEvent.Problem(link, "FAILED", String.valueOf(e.getMessage())));
            }
        });
    }

    private void run(VoiceCommand command) throws Answer.Refused, IOException {
        switch (command) {
            case VoiceCommand.Open open -> open(open);
            case VoiceCommand.OfLink of -> {
                Line line = lines.get(of.link());
                if (line == null)
                    tell(new VoiceEvent.Problem(of.link(), "NO_SUCH_LINK", "There is no link " + of.link() + "."));
                else run(line, of);
            }
            case VoiceCommand.Mute mute -> {
                if (mute.link() == null) allMuted = mute.on();
                for (Line line : lines.values())
                    if (mute.link() == null
                            || mute.link().equals(line.link.view().link())) line.link.mute(mute.on());
            }
            case VoiceCommand.Processing now -> processing = now;
            case VoiceCommand.ChooseDevices choice -> desk.choose(choice);
            case VoiceCommand.Ring ring -> desk.ring(ring.on());
            case VoiceCommand.TestMicrophone test -> desk.testMicrophone(test.length());
            case VoiceCommand.TestSpeaker _ -> desk.testSpeaker();
            case VoiceCommand.Shutdown _ -> end(Ending.TOLD_TO);
        }
    }

    private void open(VoiceCommand.Open open) throws Answer.Refused {
        Line known = lines.get(open.link());
        if (known != null) {
            known.link.tag(open.tag());
            return;
        }
        Room room = rooms.enter();
        PeerLink link = new PeerLink(this, room, open, processing, allMuted);
        lines.put(open.link(), new Line(link, room, new Meter(open.link())));
        linksSoFar++;
        linksChanged();
        tell(new VoiceEvent.LinkChanged(open.link(), link.view().state()));
        if (open.offer()) link.offer();
    }

    private boolean anyLive() {
        return lines.values().stream().anyMatch(line -> line.link.view().live() && line.room.mouth() == null);
    }

    private void run(Line line, VoiceCommand.OfLink command) throws Answer.Refused, IOException {
        PeerLink link = line.link;
        switch (command) {
            case VoiceCommand.Open _ -> {}
            case VoiceCommand.Tag tag -> link.tag(tag.tag());
            case VoiceCommand.Remote remote -> link.remote(remote.kind(), remote.sdp());
            case VoiceCommand.Candidate candidate -> link.candidate(candidate);
            case VoiceCommand.RestartIce restart -> link.restartIce(restart.ice());
            case VoiceCommand.Live live -> {
                link.live(live.on());
                desk.calls(anyLive());
            }
            case VoiceCommand.Hold hold -> link.hold(hold.on());
            case VoiceCommand.Dtmf dtmf -> {
                if (!link.dtmf(dtmf.digits()))
                    tell(new VoiceEvent.Problem(link.view().link(), "DTMF_FAILED", "The other side takes no tones."));
            }
            case VoiceCommand.Close _ -> close(line);
            case VoiceCommand.StartRecording start -> record(line, start.file());
            case VoiceCommand.StopRecording _ -> stopRecording(line);
            case VoiceCommand.Mask mask -> mask(line, mask.on());
            case VoiceCommand.Play play -> play(line, play.file());
            case VoiceCommand.WriteHeard write -> writeHeard(line, write.file());
        }
    }

    private void close(Line line) {
        String id = line.link.view().link();
        stopRecording(line);
        stopHearing(line);
        lines.remove(id);
        line.link.close();
        rooms.leave(line.room);
        desk.calls(anyLive());
        idleSince = System.nanoTime();
        linksChanged();
        tell(new VoiceEvent.LinkChanged(id, LinkState.CLOSED));
    }

    private void play(Line line, @Nullable Path file) {
        String id = line.link.view().link();
        Mouth mouth = line.room.mouth();
        if (mouth == null) {
            tell(new VoiceEvent.Problem(id, "PLAY_FAILED", "Only an engine without sound speaks files."));
        } else if (file == null) {
            mouth.stop();
        } else {
            try {
                mouth.speak(WavFile.read(file), () -> tell(new VoiceEvent.PlayEnded(id, file)));
            } catch (IOException e) {
                tell(new VoiceEvent.Problem(id, "PLAY_FAILED", "The file cannot be spoken: " + e.getMessage()));
            }
        }
    }

    // ---- files

    private void record(Line line, Path file) {
        if (line.recording != null) return;
        String id = line.link.view().link();
        try {
            CallReel reel = new CallReel(file, System.nanoTime());
            line.recording = reel;
            line.recordingFile = file;
            Mouth mouth = line.room.mouth();
            if (mouth != null) mouth.tap(reel.left());
            else desk.tap(reel.left());
            line.link.ear().tap(reel.right());
            reels.add(reel, e -> later(() -> recordingFailed(line, e)));
            line.link.recording(true, false);
            tell(new VoiceEvent.RecordingChanged(id, file, false));
        } catch (IOException e) {
            recordingFailed(line, e);
        }
    }

    private void recordingFailed(Line line, IOException why) {
        String id = line.link.view().link();
        tell(new VoiceEvent.Problem(id, "RECORDING_FAILED", "The recording cannot be written: " + why.getMessage()));
        stopRecording(line);
    }

    private void stopRecording(Line line) {
        CallReel reel = line.recording;
        if (reel == null) return;
        line.recording = null;
        line.recordingFile = null;
        Mouth mouth = line.room.mouth();
        if (mouth != null) mouth.untap(reel.left());
        else desk.untap(reel.left());
        line.link.ear().untap(reel.right());
        line.link.recording(false, false);
        String id = line.link.view().link();
        reels.end(reel, () -> tell(new VoiceEvent.RecordingChanged(id, null, false)));
    }

    private void mask(Line line, boolean on) {
        if (line.recording == null) return;
        line.recording.mask(on);
        line.link.recording(true, on);
        tell(new VoiceEvent.RecordingChanged(line.link.view().link(), line.recordingFile, on));
    }

    private void writeHeard(Line line, @Nullable Path file) throws IOException {
        stopHearing(line);
        if (file == null) return;
        HeardReel reel = new HeardReel(file);
        line.heard = reel;
        line.link.ear().tap(reel);
        String id = line.link.view().link();
        reels.add(reel, e -> tell(new VoiceEvent.Problem(id, "RECORDING_FAILED", String.valueOf(e.getMessage()))));
    }

    private void stopHearing(Line line) {
        HeardReel reel = line.heard;
        if (reel == null) return;
        line.heard = null;
        line.link.ear().untap(reel);
        reels.end(reel, () -> {});
    }

    // ---- time

    /// A first offer makes the library load its codecs, so that no caller waits for it.
    private void warm() {
        Room room = rooms.enter();
        RTCPeerConnection trial = room.connect(new RTCConfiguration(), candidate -> {});
        AudioTrack voice = room.voice(processing);
        RTCRtpSender sender = trial.addTrack(voice, List.of("warm"));
        try {
            RTCSessionDescription _ =
                    Answer.description(observer -> trial.createOffer(new RTCOfferOptions(), observer));
        } catch (Answer.Refused e) {
            LOG.warn("the WebRTC library makes no offers: {}", e.getMessage());
        }
        trial.removeTrack(sender);
        trial.close();
        voice.dispose();
        rooms.leave(room);
    }

    /// Playout stays dead in a process whose sound server was restarted, and links that were opened without sound stay
    /// without: the console opens them again in the next process.
    private void soundCameBack(boolean again) {
        later(() -> {
            if (again || !lines.isEmpty()) end(Ending.SOUND_CAME_BACK);
        });
    }

    /// Ten times in a second, on the clock's thread.
    private void tick() {
        long since = busySince;
        if (since != 0 && System.nanoTime() - since > STUCK_AFTER) {
            LOG.error("a native call does not come back; the process ends and is started again");
            Runtime.getRuntime().halt(3);
        }
        Map<String, Double> heard = new HashMap<>();
        for (Line line : lines.values()) {
            VoiceSnapshot.Link view = line.link.view();
            if (view.live()) heard.put(view.link(), Math.round(line.link.ear().peak() * 1000) / 1000.0);
        }
        double own = Math.round(desk.peak() * 1000) / 1000.0;
        warnings(own);
        VoiceLevels now = new VoiceLevels(own, heard);
        if (now.equals(levels)) return;
        levels = now;
        tell(new VoiceEvent.Levels(now));
    }

    /// From the clock's thread only.
    private void warnings(double own) {
        boolean muted = false;
        boolean open = false;
        for (Line line : lines.values()) {
            VoiceSnapshot.Link view = line.link.view();
            if (!view.live() || view.held() || line.room.mouth() != null) continue;
            muted |= view.muted();
            open |= !view.muted();
        }
        if (speakingMuted.lasts(muted && own > 0.1))
            tell(new VoiceEvent.Warning(VoiceEvent.Warning.Kind.MUTED_BUT_SPEAKING));
        if (deaf.lasts(open && own == 0)) tell(new VoiceEvent.Warning(VoiceEvent.Warning.Kind.MICROPHONE_SILENT));
    }

    private void everySecond() {
        for (Line line : lines.values()) {
            if (!line.link.view().live()) continue;
            line.link.connection().getStats(report -> {
                try {
                    later(() -> tell(line.meter.read(report)));
                } catch (Throwable e) {
                    Guard.swallowed("statistics", e);
                }
            });
        }
        boolean attached = door != null && door.attached();
        closeForsaken(attached);
        if (!lines.isEmpty()) {
            idleSince = System.nanoTime();
            return;
        }
        long idle = System.nanoTime() - idleSince;
        if (attached && linksSoFar >= settings.recycleAfter() && idle > TimeUnit.SECONDS.toNanos(2))
            end(Ending.RECYCLED);
        if (attached) idleSince = Math.max(idleSince, System.nanoTime() - TimeUnit.SECONDS.toNanos(3));
        else if (idle > settings.idle().toNanos()) end(Ending.IDLE);
    }

    /// Without a window nobody hears that the other side hung up: a link that stays lost is given up, or the process
    /// would never end.
    private void closeForsaken(boolean attached) {
        long now = System.nanoTime();
        for (Line line : List.copyOf(lines.values())) {
            if (attached || line.link.view().state() == LinkState.CONNECTED) {
                line.lostSince = 0;
            } else if (line.lostSince == 0) {
                line.lostSince = now;
            } else if (now - line.lostSince > settings.idle().toNanos() * 2) {
                LOG.info(
                        "link {} is given up: not connected, and no window",
                        line.link.view().link());
                close(line);
            }
        }
    }

    private void end(Ending why) {
        if (ending) return;
        ending = true;
        ended.accept(why);
    }

    /// Ends all calls and files.
    @Override
    public void close() {
        ticker.shutdownNow();
        later(() -> {
            List.copyOf(lines.values()).forEach(this::close);
            desk.close();
            rooms.close();
        });
        nativeThread.shutdown();
        try {
            if (!nativeThread.awaitTermination(3, TimeUnit.SECONDS)) LOG.warn("the native thread hangs at the end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reels.close();
    }
}
