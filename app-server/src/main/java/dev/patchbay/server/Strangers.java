package dev.patchbay.server;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Variables of the environment that look as if they were meant for us but are none of ours.
///
/// The environment is full of other programs' variables. What begins with `PATCHBAY_` is meant for us and refused; what
/// is one letter away from a name of ours is most likely a slip, and is told.
final class Strangers {
    /// Read by the start script, the demo and the benchmarks, not by the server.
    private static final Set<String> OURS_ELSEWHERE =
            Set.of("PATCHBAY_DEMO_PASSWORD", "PATCHBAY_HEAP", "PATCHBAY_BENCH_JVM", "PATCHBAY_NO_CACHE");
    /// Shorter names are one letter away from many.
    private static final int SHORTEST = 8;

    private Strangers() {}

    /// @throws Config.Unusable naming the first variable that nobody knows
    static void refuse(Collection<String> environment) {
        environment.stream()
                .filter(name -> name.startsWith("PATCHBAY_") && !OURS_ELSEWHERE.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    String bare = name.substring("PATCHBAY_".length());
                    String hint = isSetting(bare) ? "it is called " + bare : "--print-config lists the names that are";
                    throw new Config.Unusable(name + " is unknown; " + hint + ".");
                });
    }

    /// One sentence for each name that is one letter away from one of ours.
    static List<String> near(Collection<String> environment) {
        return environment.stream()
                .filter(name -> name.length() >= SHORTEST && !isSetting(name))
                .sorted()
                .flatMap(name -> nearest(name).stream()
                        .map(setting -> name + " in the environment is unknown and not used; " + setting
                                + " is the name that is known."))
                .toList();
    }

    private static boolean isSetting(String name) {
        return Arrays.stream(Setting.values())
                .anyMatch(setting -> setting.name().equals(name));
    }

    private static Optional<String> nearest(String name) {
        return Arrays.stream(Setting.values())
                .map(Setting::name)
                .filter(known -> oneAway(name, known))
                .findFirst();
    }

    /// One letter more, less or other, or two neighbours swapped.
    private static boolean oneAway(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 1) {
            return false;
        }
        int start = 0;
        while (start < Math.min(a.length(), b.length()) && a.charAt(start) == b.charAt(start)) {
            start++;
        }
        String restA = a.substring(start);
        String restB = b.substring(start);
        if (restA.length() != restB.length()) {
            return restA.length() > restB.length()
                    ? restA.substring(1).equals(restB)
                    : restB.substring(1).equals(restA);
        }
        boolean swapped = restA.length() > 1
                && restA.charAt(0) == restB.charAt(1)
                && restA.charAt(1) == restB.charAt(0)
                && restA.substring(2).equals(restB.substring(2));
        return restA.isEmpty() || swapped || restA.substring(1).equals(restB.substring(1));
    }
}
