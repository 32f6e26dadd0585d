package dev.patchbay.desktop.voice;

/// The first line an engine says to a window; it stays readable across versions.
///
/// @param version of the program the engine was started from
/// @param pid of the engine
public record Greeting(String version, long pid) {
    private static final String NAME = "patchbay-voice";

    /// Of this program: what is in the jar's manifest, or the same word for every build that has none.
    public static Greeting own() {
        String version = Greeting.class.getPackage().getImplementationVersion();
        return new Greeting(
                version == null ? "unpacked" : version.replace(' ', '_'),
                ProcessHandle.current().pid());
    }

    public String line() {
        return NAME + " " + version + " " + pid;
    }

    /// @throws IllegalArgumentException when it is no greeting
    public static Greeting parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[0].equals(NAME)) throw new IllegalArgumentException("not a voice process");
        return new Greeting(words[1], Long.parseLong(words[2]));
    }
}
