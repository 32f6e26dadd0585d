package dev.patchbay.bench.voice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.bench.Figures;
import dev.patchbay.bench.console.ConsoleProcess;
import dev.patchbay.bench.console.Memory;
import dev.patchbay.bench.console.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Call after call: from the click on Answer to the caller's first decoded sound, what is stuck afterwards, and what
/// memory it cost.
public final class Answering {
    private static final double GOAL_P95 = 500;
    private static final double GOAL_GROWTH = 0.05;
    /// Calls before memory is first looked at, and after the voice process was replaced.
    private static final int SETTLED = 10;
    /// Calls between the last look and the change of the voice process, so that it is not looked at while it changes.
    private static final int SPARE = 2;
    /// As a person needs it to see the call and reach the key; every second call is answered at once instead.
    private static final int REACTION_MILLIS = 800;

    private Answering() {}

    /// What the three programs of an agent's machine take at one time.
    private record Taken(String when, Memory server, Memory console, Memory voice) {}

    /// @param arguments `--calls N`; 50 without
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        int calls = arguments.length == 2 && arguments[0].equals("--calls") ? Integer.parseInt(arguments[1]) : 50;
        Path folder = Files.createTempDirectory("patchbay-bench");
        Path data = Files.createDirectories(folder.resolve("server"));
        List<Double> atOnce = new ArrayList<>();
        List<Double> later = new ArrayList<>();
        List<Taken> taken = new ArrayList<>();
        List<String> stuck;
        try (ServerProcess server = new ServerProcess(data);
                ConsoleProcess console =
                        new ConsoleProcess(folder, server, ConsoleProcess.USUAL, Math.max(calls, SETTLED) + SPARE);
                CallingParty callers = new CallingParty(server, folder)) {
            console.await("opened");
            console.say("available");
            for (int i = 1; i <= calls; i++) {
                boolean now = i % 2 == 0;
                (now ? atOnce : later).add(call(console, callers, now ? 0 : REACTION_MILLIS));
                if (i == SETTLED) {
                    taken.add(taken("after " + i, server, console));
                }
            }
            taken.add(taken("after " + calls, server, console));
            boolean recycled = recycled(console, callers);
            for (int i = 0; i < SETTLED; i++) {
                call(console, callers, 0);
            }
            taken.add(taken(recycled ? "recycled, " + SETTLED + " more" : "NOT recycled", server, console));
            stuck = stuck(server);
        } finally {
            delete(folder);
        }
        return report(atOnce, later, taken, stuck);
    }

    /// Goes on until the voice process has had its fill, and waits for the next one.
    private static boolean recycled(ConsoleProcess console, CallingParty callers)
            throws IOException, InterruptedException {
        long old = console.voicePid();
        for (int i = 0; i < SPARE; i++) {
            call(console, callers, 0);
        }
        long until = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < until) {
            Thread.sleep(500);
            if (console.voicePid() != old) {
                return true;
            }
        }
        return false;
    }

    /// @return milliseconds from the click to the caller's first sound
    private static double call(ConsoleProcess console, CallingParty callers, int reaction)
            throws IOException, InterruptedException {
        try (AutoCloseable _ = callers.call()) {
            Progress.tell("bench", "calls");
            console.await("ringing");
            Progress.tell("bench", "rings");
            Thread.sleep(reaction);
            Progress.tell("bench", "answers");
            console.say("answer");
            double heard = Long.parseLong(console.await("heard")) / 1e6;
            Progress.tell("bench", "hears after " + heard + " ms");
            Thread.sleep(200);
            console.say("hangup");
            console.await("wrapup");
            console.say("wrapup");
            console.await("idle");
            return heard;
        } catch (IOException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static Taken taken(String when, ServerProcess server, ConsoleProcess console)
            throws IOException, InterruptedException {
        return new Taken(when, Memory.of(server.pid()), Memory.of(console.pid()), Memory.of(console.voicePid()));
    }

    /// Calls that are not over, and agents that were on one.
    private static List<String> stuck(ServerProcess server) throws IOException, InterruptedException {
        List<String> stuck = new ArrayList<>();
        for (String view : List.of("waiting", "active")) {
            for (JsonNode call : server.get("/calls?view=" + view).path("items")) {
                stuck.add("call " + call.path("id").asText() + " "
                        + call.path("status").asText());
            }
        }
        for (JsonNode agent : server.get("/agents").path("items")) {
            String state = agent.path("state").asText();
            if (!List.of("available", "offline", "break").contains(state)) {
                stuck.add("agent " + agent.path("name").asText() + " " + state);
            }
        }
        return stuck;
    }

    private static boolean report(List<Double> atOnce, List<Double> later, List<Taken> taken, List<String> stuck) {
        List<Double> all = Stream.concat(atOnce.stream(), later.stream()).toList();
        say("%-28s %6s %8s %8s %8s%n", "Answer to first sound, ms", "calls", "p50", "p95", "max");
        row("answered after 0.8 s", later);
        row("answered at once", atOnce);
        row("all", all);
        say("%n%-22s %16s %16s %16s%n", "PSS (live heap), MB", "server", "console", "voice");
        for (Taken at : taken) {
            say("%-22s %16s %16s %16s%n", at.when(), text(at.server()), text(at.console()), text(at.voice()));
        }
        Taken first = taken.getFirst();
        Taken last = taken.getLast();
        double server = Memory.growth(first.server().heap(), last.server().heap());
        double console = Memory.growth(first.console().heap(), last.console().heap());
        double voice = Memory.growth(first.voice().pss(), last.voice().pss());
        double p95 = new Figures(all).at(95);
        say(
                "growth: server's heap %+.1f %%, console's heap %+.1f %%, voice %+.1f %% (goal %.0f %%)%n",
                100 * server, 100 * console, 100 * voice, 100 * GOAL_GROWTH);
        say("stuck: %s (goal none); p95 %.0f ms (goal %.0f)%n", stuck.isEmpty() ? "none" : stuck, p95, GOAL_P95);
        return p95 < GOAL_P95 && stuck.isEmpty() && Math.max(server, Math.max(console, voice)) <= GOAL_GROWTH;
    }

    private static String text(Memory memory) {
        return String.format(Locale.ROOT, "%.0f (%.1f)", memory.pss(), memory.heap());
    }

    private static void row(String name, List<Double> milliseconds) {
        if (milliseconds.isEmpty()) {
            return;
        }
        Figures figures = new Figures(milliseconds);
        say(
                "%-28s %6d %8.0f %8.0f %8.0f%n",
                name, milliseconds.size(), figures.median(), figures.at(95), figures.max());
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
