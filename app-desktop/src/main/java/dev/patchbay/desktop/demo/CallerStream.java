package dev.patchbay.desktop.demo;

import dev.patchbay.desktop.console.ConsoleApp;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Callers that keep coming while a person tries the console: never more than three in the line at once.
final class CallerStream implements AutoCloseable {
    private static final int AT_ONCE = 3;
    private static final int FIRST_SECONDS = 4;
    private static final int EVERY_SECONDS = 15;

    private final Demo demo;
    private final Steps steps;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("demo-callers").factory());
    private final List<SimulatedCaller> inLine = new CopyOnWriteArrayList<>();
    private int left;

    CallerStream(Demo demo, Steps steps, int calls) {
        this.demo = demo;
        this.steps = steps;
        this.left = calls;
    }

    void start(ConsoleApp.Opened console) {
        AutoAgent.takeCalls(console);
        timer.scheduleWithFixedDelay(this::next, FIRST_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void next() {
        inLine.removeIf(caller -> {
            boolean ended = caller.state().status().equals("ended");
            if (ended) {
                caller.close();
            }
            return ended;
        });
        if (inLine.size() >= AT_ONCE || left == 0) {
            return;
        }
        left--;
        try {
            inLine.add(demo.nextCaller(step -> steps.tell(step.caller().name(), step.what() + " " + step.detail())));
        } catch (UncheckedIOException e) {
            steps.tell("demo", "a caller did not get through: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        inLine.forEach(SimulatedCaller::close);
    }
}
