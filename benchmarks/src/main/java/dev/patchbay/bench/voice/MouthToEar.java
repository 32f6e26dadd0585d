package dev.patchbay.bench.voice;

import dev.patchbay.bench.Figures;
import dev.patchbay.bench.Programs;
import dev.patchbay.desktop.voice.engine.LoopMain;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Call set-up and mouth to ear without sound devices: our engine and Chromium in turns, each round in a fresh process.
public final class MouthToEar {
    private static final int TONES = 20;
    private static final int CALLS = 10;
    private static final double GOAL_DELAY = 0.7;
    private static final double GOAL_SET_UP = 1.5;

    private MouthToEar() {}

    /// @param arguments `--rounds N`; 5 without
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        int rounds = arguments.length == 2 && arguments[0].equals("--rounds") ? Integer.parseInt(arguments[1]) : 5;
        if (!Chromium.there()) {
            System.err.println("Mouth to ear needs /usr/bin/chromium as the peer: install chromium.");
            return false;
        }
        List<Loop> ours = new ArrayList<>();
        List<Loop> peer = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            if (i % 2 == 0) {
                ours.add(ours());
                peer.add(Chromium.loop(TONES, CALLS));
            } else {
                peer.add(Chromium.loop(TONES, CALLS));
                ours.add(ours());
            }
            say("round %d of %d: delay %s and %s%n", i + 1, rounds, delays(ours.getLast()), delays(peer.getLast()));
        }
        say(
                "%d rounds of %d tones and %d set-ups each; medians of the rounds, least and greatest%n",
                rounds, TONES, CALLS);
        say("%-10s %22s %22s %22s%n", "", "set-up ms", "delay ms", "least delay ms");
        row("Patchbay", ours);
        row("Chromium", peer);
        double delay = medians(ours, Loop::delays).median()
                / medians(peer, Loop::delays).median();
        double setUp = medians(ours, Loop::setUps).median()
                / medians(peer, Loop::setUps).median();
        say("ratio: delay %.2f (goal %.1f), set-up %.2f (goal %.1f)%n", delay, GOAL_DELAY, setUp, GOAL_SET_UP);
        return delay <= GOAL_DELAY && setUp <= GOAL_SET_UP;
    }

    private static Loop ours() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Programs.java(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        Programs.classPath(),
                        LoopMain.class.getName(),
                        Integer.toString(TONES),
                        Integer.toString(CALLS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // The native library says things of its own at the end.
            String result = out.lines()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("our engine gave no figures: " + out));
            return Json.read(result, Loop.class);
        } finally {
            Programs.end(process);
        }
    }

    private static String delays(Loop loop) {
        return new Figures(loop.delays()).range();
    }

    private static Figures medians(List<Loop> rounds, Function<Loop, List<Double>> what) {
        return new Figures(rounds.stream()
                .map(round -> new Figures(what.apply(round)).median())
                .toList());
    }

    private static void row(String name, List<Loop> rounds) {
        double least = rounds.stream()
                .flatMap(round -> round.delays().stream())
                .min(Double::compare)
                .orElseThrow();
        say(
                "%-10s %22s %22s %22.1f%n",
                name,
                medians(rounds, Loop::setUps).range(),
                medians(rounds, Loop::delays).range(),
                least);
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
