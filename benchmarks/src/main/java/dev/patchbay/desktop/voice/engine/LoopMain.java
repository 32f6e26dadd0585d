package dev.patchbay.desktop.voice.engine;

import dev.patchbay.desktop.voice.LinkState;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.model.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Two links of the media engine in one process, as `peers/chromium/loop.html` has two connections in one page: set-up
/// times, and the time from a tone's first sample handed to WebRTC to its first sample decoded at the other end.
///
/// Writes `{"setUps":[…],"delays":[…]}` (milliseconds) to standard output.
public final class LoopMain {
    private static final double LOUD = 0.05 * 32767;
    private static final short[] TONE = Pcm.tone(440, 0.5, Pcm.RATE / 10, 0);

    private final ExecutorService nativeThread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("voice-native").factory());
    private final Rooms rooms = new Rooms();
    private final Room nearRoom = rooms.enter();
    private final Room farRoom = rooms.enter();

    private LoopMain() {}

    /// @param arguments tones, set-ups
    public static void main(String[] arguments) throws Exception {
        Map<String, List<Double>> result =
                new LoopMain().run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println(Json.write(result));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private Map<String, List<Double>> run(int tones, int calls) throws InterruptedException {
        List<Double> setUps = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            try (Pair pair = new Pair()) {
                setUps.add(pair.connect());
            }
            Thread.sleep(50);
        }
        try (Pair pair = new Pair()) {
            pair.connect();
            List<Double> delays = pair.tones(tones);
            return Map.of("setUps", setUps, "delays", delays);
        }
    }

    private interface Native {
        void run() throws Answer.Refused;
    }

    private void later(Native work) {
        nativeThread.execute(() -> {
            try {
                work.run();
            } catch (Answer.Refused | RuntimeException e) {
                System.err.println("the loop is broken: " + e);
            }
        });
    }

    /// One call of this process with itself.
    private final class Pair implements AutoCloseable {
        private final CountDownLatch connected = new CountDownLatch(2);
        private final long began = System.nanoTime();
        private final BlockingQueue<Long> said = new LinkedBlockingQueue<>();
        private final BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        private PeerLink near;
        private PeerLink far;

        @SuppressWarnings("NullAway.Init") // the native thread makes the links, in order, before it uses them
        Pair() {
            later(() -> {
                far = link("far", farRoom, false, () -> near);
                near = link("near", nearRoom, true, () -> far);
                near.live(true);
                far.live(true);
                near.offer();
            });
        }

        private PeerLink link(String name, Room room, boolean offers, java.util.function.Supplier<PeerLink> other) {
            VoiceCommand.Open open = new VoiceCommand.Open(name, name, List.of(), offers);
            return new PeerLink(new Wire(other), room, open, VoiceCommand.Processing.ALL, false);
        }

        /// @return milliseconds from the first thought to both ends connected
        double connect() throws InterruptedException {
            if (!connected.await(10, TimeUnit.SECONDS)) throw new IllegalStateException("the links do not connect");
            return (System.nanoTime() - began) / 1e6;
        }

        List<Double> tones(int count) throws InterruptedException {
            mouth().tap(new Onset(said));
            later(() -> far.ear().tap(new Onset(heard)));
            Thread.sleep(2000);
            List<Double> delays = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                said.clear();
                heard.clear();
                mouth().speak(TONE, () -> {});
                Long in = said.poll(2, TimeUnit.SECONDS);
                Long out = heard.poll(2, TimeUnit.SECONDS);
                if (in != null && out != null) delays.add((out - in) / 1e6);
                Thread.sleep(400 + ThreadLocalRandom.current().nextInt(50));
            }
            return delays;
        }

        private Mouth mouth() {
            Mouth mouth = nearRoom.mouth();
            if (mouth == null) throw new IllegalStateException("the loop has no sound devices");
            return mouth;
        }

        @Override
        public void close() throws InterruptedException {
            CountDownLatch closed = new CountDownLatch(1);
            later(() -> {
                near.close();
                far.close();
                closed.countDown();
            });
            closed.await(5, TimeUnit.SECONDS);
        }

        /// Hands what one link says to the other, on the native thread.
        private final class Wire implements Surroundings {
            private final java.util.function.Supplier<PeerLink> other;
            private final Reels reels = new Reels();

            Wire(java.util.function.Supplier<PeerLink> other) {
                this.other = other;
            }

            @Override
            public void tell(VoiceEvent event) {
                switch (event) {
                    case VoiceEvent.LocalDescription local ->
                        LoopMain.this.later(() -> other.get().remote(local.kind(), local.sdp()));
                    case VoiceEvent.LocalCandidate local ->
                        LoopMain.this.later(() -> other.get()
                                .candidate(new VoiceCommand.Candidate(
                                        local.link(), local.mid(), local.index(), local.candidate())));
                    case VoiceEvent.LinkChanged changed
                    when changed.state() == LinkState.CONNECTED -> connected.countDown();
                    default -> {}
                }
            }

            @Override
            public void linksChanged() {}

            @Override
            public void later(Runnable work) {
                LoopMain.this.later(work::run);
            }

            @Override
            public Reels reels() {
                return reels;
            }

            @Override
            public InstantSource clock() {
                return InstantSource.system();
            }
        }
    }

    /// Tells the time of the first sample of each tone that comes after silence, as `onset.js` does.
    private static final class Onset implements Tap {
        private final BlockingQueue<Long> times;
        private int quiet = Pcm.RATE;

        Onset(BlockingQueue<Long> times) {
            this.times = times;
        }

        @Override
        @SuppressWarnings("CheckReturnValue") // the queue has no limit
        public void hear(short[] frame) {
            long now = System.nanoTime();
            for (int i = 0; i < frame.length; i++) {
                if (Math.abs(frame[i]) > LOUD) {
                    if (quiet > Pcm.RATE / 10) times.offer(now + i * 1_000_000_000L / Pcm.RATE);
                    quiet = 0;
                } else {
                    quiet++;
                }
            }
        }
    }
}
