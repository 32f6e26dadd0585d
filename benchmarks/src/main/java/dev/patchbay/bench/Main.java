package dev.patchbay.bench;

import dev.patchbay.bench.console.Footprint;
import dev.patchbay.bench.fanout.Fanout;
import dev.patchbay.bench.identity.SigningIn;
import dev.patchbay.bench.nodes.Claims;
import dev.patchbay.bench.nodes.CommitToClient;
import dev.patchbay.bench.voice.Answering;
import dev.patchbay.bench.voice.MouthToEar;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Runs a benchmark by its name.
public final class Main {
    /// A benchmark; prints its table.
    interface Benchmark {
        /// @return whether the goals were reached
        boolean run(String... arguments) throws Exception;
    }

    private static final Map<String, Benchmark> ALL = new TreeMap<>(Map.of(
            "answer",
            Answering::run,
            "claims",
            Claims::run,
            "commit-to-client",
            CommitToClient::run,
            "console",
            Footprint::run,
            "fanout",
            Fanout::run,
            "fanout-full",
            Fanout::full,
            "mouth-to-ear",
            MouthToEar::run,
            "sign-in",
            SigningIn::run));

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Benchmark benchmark = arguments.length == 0 ? null : ALL.get(arguments[0]);
        if (benchmark == null) {
            System.err.println("Benchmarks: " + String.join(", ", ALL.keySet()));
            System.exit(2);
            return;
        }
        boolean reached = benchmark.run(Arrays.copyOfRange(arguments, 1, arguments.length));
        System.exit(reached ? 0 : 1);
    }
}
