package dev.patchbay.desktop.demo;

import dev.patchbay.desktop.console.ConsoleApp;
import dev.patchbay.desktop.session.LiveState;
import dev.patchbay.desktop.shell.Png;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.softphone.PhoneModel;
import dev.patchbay.desktop.voice.VoiceCommand;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;

/// Does at the real console what an agent does: answers by the action of F8, listens, writes the call up. Writes what
/// happened to a folder.
final class AutoAgent {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Demo demo;
    private final Steps steps;
    private final int calls;
    private final Path out;
    private final List<Path> heard = new ArrayList<>();
    private final List<CallDetails> details = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable String problem;
    private DockState last = DockState.IDLE;

    AutoAgent(Demo demo, Steps steps, int calls, Path out) {
        this.demo = demo;
        this.steps = steps;
        this.calls = calls;
        this.out = out;
    }

    /// As soon as the line to the server stands: a person, too, can do no more before that.
    static void takeCalls(ConsoleApp.Opened console) {
        AtomicBoolean asked = new AtomicBoolean();
        console.session().live().subscribe(state -> {
            if (state instanceof LiveState.Online && !asked.getAndSet(true)) {
                console.phone().setState(AgentState.AVAILABLE, null);
            }
        });
    }

    /// The console has opened; on the JavaFX thread.
    void start(ConsoleApp.Opened console) {
        steps.tell("console", "signed in as " + console.session().me().name());
        takeCalls(console);
        BlockingQueue<DockState> states = new LinkedBlockingQueue<>();
        console.phone().model().state().subscribe(state -> {
            states.add(state);
        });
        Thread.ofVirtual().name("demo-agent").start(() -> {
            try {
                for (int i = 0; i < calls; i++) {
                    handle(console, states, i);
                }
            } catch (InterruptedException e) {
                problem = "interrupted";
            } catch (IllegalStateException | UncheckedIOException e) {
                problem = e.getMessage();
            } finally {
                done.countDown();
                Platform.runLater(() -> {
                    console.stage().close();
                    Platform.exit();
                });
            }
        });
    }

    private void handle(ConsoleApp.Opened console, BlockingQueue<DockState> states, int number)
            throws InterruptedException {
        Consumer<SimulatedCaller.Step> tell =
                step -> steps.tell(step.caller().name(), step.what() + " " + step.detail());
        try (SimulatedCaller caller = demo.nextCaller(tell)) {
            await(states, "a call rings", DockState.Ringing.class::isInstance);
            steps.tell("agent", "hears it ring");
            Platform.runLater(() -> console.actions().run("call.answer"));
            DockState.InCall in =
                    (DockState.InCall) await(states, "the call is answered", DockState.InCall.class::isInstance);
            CallId call = in.call().id();
            steps.tell("agent", "answers " + in.call().caller().name());
            listen(console, call, number);
            if (number == 0) {
                await(
                        states,
                        "the sound flows",
                        state -> state instanceof DockState.InCall now
                                && now.sound() == dev.patchbay.desktop.line.LegState.CONNECTED);
                Thread.sleep(Duration.ofMillis(2500));
                picture(console);
            }
            Platform.runLater(() -> console.phone().notes("Handled by the demo."));
            await(states, "the call ends", state -> !(state instanceof DockState.InCall));
            writeUp(console);
            await(states, "the wrap-up ends", DockState.Idle.class::isInstance);
            steps.tell("agent", "has written the call up");
            CallDetails all = console.session().api().call(call);
            details.add(all);
            if (all.call().status() != CallStatus.CLOSED || all.call().answeredAt() == null) {
                throw new IllegalStateException("the call of " + caller.state().callId() + " ended as "
                        + all.call().status());
            }
        }
    }

    /// Keeps what comes out of the agent's headset.
    private void listen(ConsoleApp.Opened console, CallId call, int number) {
        Path file = out.resolve("heard-" + (number + 1) + ".wav").toAbsolutePath();
        console.voice().snapshot().links().stream()
                .filter(link -> link.link().contains(call.toString()))
                .findFirst()
                .ifPresent(link -> {
                    console.voice().send(new VoiceCommand.WriteHeard(link.link(), file));
                    heard.add(file);
                });
    }

    private static void writeUp(ConsoleApp.Opened console) {
        Platform.runLater(() -> {
            PhoneModel model = console.phone().model();
            String disposition = model.dispositions().get().isEmpty()
                    ? null
                    : model.dispositions().get().getFirst().id();
            console.phone().wrapUp(disposition);
        });
    }

    private void picture(ConsoleApp.Opened console) throws InterruptedException {
        CountDownLatch drawn = new CountDownLatch(1);
        Platform.runLater(() -> {
            WritableImage image = console.stage().getScene().snapshot(null);
            try {
                Files.write(out.resolve("console.png"), Png.of(image));
            } catch (IOException e) {
                throw new UncheckedIOException("the picture cannot be written", e);
            } finally {
                drawn.countDown();
            }
        });
        drawn.await(10, TimeUnit.SECONDS);
    }

    private DockState await(BlockingQueue<DockState> states, String what, Predicate<DockState> wanted)
            throws InterruptedException {
        if (wanted.test(last)) {
            return last;
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            DockState state = states.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (state == null) {
                throw new IllegalStateException("waited " + PATIENCE.toSeconds() + " s in vain until " + what);
            }
            last = state;
            if (wanted.test(state)) {
                return state;
            }
        }
    }

    /// Writes the outcome after the console has closed.
    ///
    /// @return whether every call was completed
    boolean finish() throws IOException {
        String failed = problem;
        if (done.getCount() > 0) {
            failed = "the console closed before the calls were done";
        }
        WavFile.join(heard, out.resolve("heard-by-agent.wav"));
        Map<String, Object> story = new LinkedHashMap<>();
        story.put("completed", details.size());
        story.put("wanted", calls);
        story.put("problem", failed);
        story.put("steps", steps.all());
        story.put("calls", details);
        Files.writeString(
                out.resolve("timeline.json"),
                Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(story));
        if (failed != null) {
            steps.tell("demo", "failed: " + failed);
            return false;
        }
        List<Call> ended = details.stream().map(CallDetails::call).toList();
        steps.tell("demo", ended.size() + " of " + calls + " calls completed; see " + out);
        return ended.size() == calls;
    }
}
