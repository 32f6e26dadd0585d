package dev.patchbay.desktop.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.session.FaultProxy;
import dev.patchbay.desktop.session.ServerAddress;
import dev.patchbay.desktop.voice.PrivateSoundServer;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.TimelineEntry;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.visitor.Chromium;
import dev.patchbay.server.visitor.Sound;
import dev.patchbay.server.visitor.Until;
import dev.patchbay.server.visitor.VisitorPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call centre, all of it: server, browser, and the console of Alex Agent with a wire to the server that can be
/// cut.
final class Office implements AutoCloseable {
    /// What [Sound#likeness] says at least of the right sentence.
    static final double SAME = 0.66;
    static final Duration SENTENCE = Duration.ofSeconds(4);
    static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Office.class);
    private static final String ALEX = "agent@demo.test";

    private final Deque<AutoCloseable> opened;
    final Path folder;
    final Chromium browser;
    final ServerProcess server;
    final FaultProxy wire;
    /// Where the agent hears the caller.
    final Ear headset;
    /// Where the telephone rings.
    final Ear desk;
    final ConsoleProcess console;
    private final PrivateSoundServer sound;
    private TestHttp supervisor;
    private TestHttp alex;
    private final String alexId;

    private Office(Deque<AutoCloseable> opened) throws IOException {
        this.opened = opened;
        folder = Files.createTempDirectory("pb");
        opened.push(() -> deleteAll(folder));
        browser = open(opened, Chromium.start());
        Display display = open(opened, new Display(folder));
        sound = open(opened, new PrivateSoundServer(folder));
        server = open(opened, new ServerProcess(folder));
        wire = open(opened, new FaultProxy(server.url().getPort()));
        headset = open(opened, new Ear(sound, "headset", folder.resolve("headset.raw")));
        desk = open(opened, new Ear(sound, "desk", folder.resolve("desk.raw")));
        supervisor = server.signIn("supervisor@demo.test");
        alex = server.signIn(ALEX);
        alexId = alex.get("/auth/profile", JsonNode.class).path("id").asText();
        ServerAddress address = ServerAddress.parse("http://127.0.0.1:" + wire.port());
        console = open(opened, new ConsoleProcess(folder, address, ALEX, display, sound));
    }

    /// Starts all of it and makes the agent available.
    static Office open() throws IOException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Office office = new Office(opened);
            office.awaitConsole();
            office.console.focus();
            Until.happens("the voice process is there", LIMIT, () -> office.console
                    .voice()
                    .isPresent());
            office.speak();
            office.setAvailable();
            return office;
        } catch (IOException | RuntimeException | Error e) {
            closeAll(opened);
            throw e;
        }
    }

    private static <T extends AutoCloseable> T open(Deque<AutoCloseable> opened, T thing) {
        opened.push(thing);
        return thing;
    }

    /// The agent's voice: [Sound#ofAgent()], again and again.
    private void speak() throws IOException {
        float[] sentence = Sound.ofAgent().samples();
        int times = 100;
        ByteBuffer bytes = ByteBuffer.allocate(2 * sentence.length * times).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < times; i++) {
            for (float sample : sentence) {
                bytes.putShort((short) (sample * 32767));
            }
        }
        Path file = Files.write(folder.resolve("agent.raw"), bytes.array());
        Process mouth = sound.process(
                "pacat",
                "--playback",
                "--raw",
                "--device=feed",
                "--latency-msec=20",
                "--rate=" + Sound.RATE,
                "--channels=1",
                "--format=s16le",
                file.toString());
        opened.push(mouth::destroy);
    }

    void setAvailable() {
        alex.post("/agents/me/state", Map.of("state", "available")).as(AgentView.class);
        awaitState(AgentState.AVAILABLE);
    }

    /// After the server began anew.
    void signInAgain() {
        supervisor = server.signIn("supervisor@demo.test");
        alex = server.signIn(ALEX);
    }

    void awaitConsole() {
        Until.happens("the console is on line; see " + folder, Duration.ofSeconds(60), () -> agent().connected());
    }

    AgentView agent() {
        return supervisor.get("/agents/" + alexId, AgentView.class);
    }

    void awaitState(AgentState state) {
        Until.happens("the agent is " + state.wire(), LIMIT, () -> agent().state() == state);
    }

    TestHttp alex() {
        return alex;
    }

    Call call(String id) {
        return details(id).call();
    }

    private CallDetails details(String id) {
        return supervisor.get("/calls/" + id, CallDetails.class);
    }

    void awaitCall(String id, CallStatus status) {
        Until.happens("the call is " + status, LIMIT, () -> call(id).status() == status);
    }

    List<TimelineEntry> timeline(String id, String type) {
        return details(id).timeline().stream()
                .filter(entry -> entry.type().equals(type))
                .toList();
    }

    /// A visitor asks for a call and waits.
    VisitorPage visitor(String name, String topic) {
        VisitorPage page = VisitorPage.open(browser, server.url().toString(), "demo");
        page.choose("Topic", topic);
        page.call(name, "+1 212 555 0123");
        return page;
    }

    /// Waits until it rings at the console's desk.
    ///
    /// @return the call
    String ringing() {
        awaitState(AgentState.RINGING);
        Until.happens("the ring tone", LIMIT, () -> desk.soundedLately());
        JsonNode mine = alex.get("/calls/mine", JsonNode.class);
        return mine.path("offers").path(0).path("call").path("id").asText();
    }

    /// Answers with the key, and waits until both are heard.
    ///
    /// @return the call
    String answer(VisitorPage page) {
        String call = ringing();
        long from = headset.now();
        pressUntil("F8", Duration.ofMillis(700), () -> call(call).status() == CallStatus.ACTIVE);
        page.awaitStatus("Connected to Alex");
        page.awaitSound();
        figure("key to first sound at the headset", headset.untilSound(from, LIMIT));
        return call;
    }

    /// Presses a key until it works: when the machine is busy, the window may show later than the server says.
    ///
    /// @param pause until it is pressed once more
    void pressUntil(String key, Duration pause, BooleanSupplier done) {
        long end = System.nanoTime() + LIMIT.toNanos();
        int times = 0;
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(key + " has no effect");
            }
            times++;
            console.press(key);
            long next = System.nanoTime() + pause.toNanos();
            while (!done.getAsBoolean() && System.nanoTime() < next) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        figure("times that " + key + " was pressed", times);
    }

    /// The call is held and taken up again by its key: the console knows of the call and is obeyed.
    void holdAndResume(String call) {
        pressUntil("F10", Duration.ofSeconds(6), () -> call(call).status() == CallStatus.HELD);
        pressUntil("F10", Duration.ofSeconds(6), () -> call(call).status() == CallStatus.ACTIVE);
    }

    /// Both sides hear each other.
    void bothAreHeard(VisitorPage page) {
        hears("the headset", headset::hear, Sound.ofCaller(), Sound.ofAgent());
        hears("the page", page::heard, Sound.ofAgent(), Sound.ofCaller());
    }

    /// Ends a call as its page does, and writes it up.
    void tidy(VisitorPage page, String call) {
        if (page.has("Hang up")) {
            page.press("Hang up");
        }
        page.tab().close();
        Until.happens("the call is over", LIMIT, () -> call(call).endedAt() != null);
        if (call(call).status() == CallStatus.WRAP_UP) {
            alex.post("/calls/" + call + "/wrapup", Map.of());
        }
        setAvailable();
    }

    /// Ends the call that the agent still has.
    void endLeftOver() {
        String call = alex.get("/calls/mine", JsonNode.class).at("/call/id").asText("");
        if (!call.isEmpty()) {
            alex.post("/calls/" + call + "/hangup");
            alex.post("/calls/" + call + "/wrapup", Map.of());
        }
        setAvailable();
    }

    /// Somebody hears one sentence and not the other. A busy machine may cut pieces out: then it is listened to once
    /// more.
    void hears(String who, Function<Duration, Sound> ear, Sound right, Sound wrong) {
        double like = 0;
        for (int i = 0; i < 4 && like < SAME; i++) {
            Sound heard = ear.apply(SENTENCE);
            double unlike = heard.likeness(wrong);
            like = heard.likeness(right) > unlike ? heard.likeness(right) : 0;
        }
        figure("likeness of what " + who + " hears", like);
        if (like < SAME) {
            throw new AssertionError(who + " does not hear the sentence: its likeness is " + like);
        }
    }

    static void figure(String what, Duration time) {
        System.out.println("end to end: " + what + ": " + time.toMillis() + " ms");
    }

    static void figure(String what, double number) {
        System.out.println("end to end: " + what + ": " + Math.round(number * 100) / 100.0);
    }

    private static void closeAll(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.warn("something of the test could not be ended", e);
            }
        }
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} stays", folder, e);
        }
    }

    @Override
    public void close() {
        closeAll(opened);
    }
}
