package dev.patchbay.bench.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a JVM takes, after a collection.
///
/// @param pss MB as the kernel counts it (`/proc/PID/smaps_rollup`): pages shared with others count in parts
/// @param heap MB that live objects take
public record Memory(double pss, double heap) {
    private static final Pattern OLD = Pattern.compile("(?i)tenured[^\n]*used (\\d+)K");

    /// @throws IOException when there is no such process, or the system is not Linux
    public static Memory of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        String heap = jcmd(pid, "GC.heap_info");
        // A full collection of the serial collector leaves what lives in the old generation; in the young one is what
        // was
        // made since.
        Matcher used = OLD.matcher(heap);
        if (!used.find()) {
            throw new IOException("not the serial collector: " + heap);
        }
        return new Memory(pss(pid), Long.parseLong(used.group(1)) / 1024.0);
    }

    /// MB as the kernel counts it now, without a collection.
    static double pss(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum()
                / 1024.0;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + command + ": " + said);
        }
        return said;
    }

    /// How much more this is, as a part of `before`: 0.05 is 5 %.
    public static double growth(double before, double after) {
        return after / before - 1;
    }
}
