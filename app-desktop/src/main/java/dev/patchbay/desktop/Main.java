package dev.patchbay.desktop;

import dev.patchbay.desktop.console.ConsoleCommand;
import dev.patchbay.desktop.demo.DemoCommand;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The installed program: the same words as `./patchbay`, each handed to whoever knows it.
public final class Main {
    /// Held, so that its level stays: JavaFX warns of the class path at each start, which is how it is meant to run.
    private static final Logger FX = Logger.getLogger("javafx");

    private Main() {}

    public static void main(String[] args) {
        FX.setLevel(Level.SEVERE);
        System.exit(run(args));
    }

    /// @return the exit code: 0 done, 2 wrong arguments, 1 anything else
    static int run(String[] args) {
        String word = args.length == 0 ? "console" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        return switch (word) {
            case "console" -> ConsoleCommand.run(rest);
            case "demo" -> DemoCommand.run(rest);
            case "screenshots" -> ScreenshotsCommand.run(rest);
            // Not for people: ./patchbay records its start-up cache by it.
            case "rehearse" -> Rehearsal.run();
            case "server", "admin" -> dev.patchbay.server.Main.run(args);
            case "--version" -> say(System.out, "Patchbay " + dev.patchbay.server.PatchbayServer.VERSION, 0);
            default -> say(System.err, "Patchbay has no command \"" + word + "\". ./patchbay --help lists them.", 2);
        };
    }

    private static int say(PrintStream out, String sentence, int code) {
        out.println(sentence);
        return code;
    }
}
