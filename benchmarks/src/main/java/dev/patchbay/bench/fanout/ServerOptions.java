package dev.patchbay.bench.fanout;

import java.util.ArrayList;
import java.util.List;

/// What `./patchbay server` gives its JVM; `PATCHBAY_BENCH_SERVER_JVM` adds to it, to try what an option brings.
final class ServerOptions {
    private ServerOptions() {}

    static List<String> usual() {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx112m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:NewRatio=5",
                "-XX:TrimNativeHeapInterval=10000",
                "-XX:ThreadPriorityPolicy=1",
                "-XX:CompilerThreadPriority=10",
                "-XX:-PrintWarnings",
                "-XX:+UseCompactObjectHeaders"));
        String more = System.getenv("PATCHBAY_BENCH_SERVER_JVM");
        if (more != null && !more.isBlank()) {
            options.addAll(List.of(more.strip().split(" +")));
        }
        return options;
    }
}
