package dev.patchbay.bench.console;

import dev.patchbay.desktop.Headless;
import dev.patchbay.desktop.console.ConsoleApp;
import dev.patchbay.desktop.session.ConsoleFolder;
import dev.patchbay.desktop.session.ServerAddress;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.softphone.PhoneModel;
import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.model.AgentState;
import dev.patchbay.server.Logging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javafx.application.Platform;

/// The real console, with a voice process without sound devices, obeying words on standard input (`available`,
/// `answer`, `hangup`, `wrapup`, `leads`, `quit`) and telling what happens on standard output, each line with [#MARK]
/// before it.
public final class DrivenConsole {
    static final String MARK = "@";
    private static final long NEVER = Long.MIN_VALUE;

    private final ConsoleApp.Opened console;
    private volatile long clicked = NEVER;

    private DrivenConsole(ConsoleApp.Opened console) {
        this.console = console;
    }

    /// @param arguments folder, server, e-mail address, links until the voice process is recycled; the password is in
    ///     the environment
    public static void main(String[] arguments) {
        if (Headless.needed()) {
            Headless.on();
        }
        Path folder = Path.of(arguments[0]);
        Logging.install(folder.resolve("logs"), "INFO");
        ConsoleApp.run(new ConsoleApp.Wish(
                ConsoleFolder.at(folder, "console"),
                ServerAddress.parse(arguments[1]),
                ConsoleProcess.engine(folder).withRecycleAfter(Integer.parseInt(arguments[3])),
                new ConsoleApp.Account(arguments[2], System.getenv(ServerProcess.PASSWORD)),
                opened -> new DrivenConsole(opened).begin()));
        System.exit(0);
    }

    private static synchronized void tell(String what) {
        System.out.println(MARK + what);
        System.out.flush();
    }

    private void begin() {
        console.voice().listen(event -> {
            if (event instanceof VoiceEvent.FirstAudio && clicked != NEVER) {
                tell("heard " + (System.nanoTime() - clicked));
                clicked = NEVER;
            }
        });
        console.phone().model().state().subscribe(state -> tell(name(state)));
        Thread.ofPlatform().daemon().name("driver").start(this::obey);
        tell("opened");
    }

    private static String name(DockState state) {
        return switch (state) {
            case DockState.Idle _ -> "idle";
            case DockState.Ringing ringing -> ringing.answering() == null ? "ringing" : "answering";
            case DockState.InCall _ -> "call";
            case DockState.WrapUp wrap -> wrap.sent() ? "written" : "wrapup";
        };
    }

    private void obey() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String word = in.readLine(); word != null; word = in.readLine()) {
                String wanted = word;
                Platform.runLater(() -> run(wanted));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Who drove is gone.
        Platform.runLater(() -> run("quit"));
    }

    private void run(String word) {
        switch (word) {
            case "available" -> console.phone().setState(AgentState.AVAILABLE, null);
            case "answer" -> {
                clicked = System.nanoTime();
                console.actions().run("call.answer");
            }
            case "hangup" -> console.phone().hangUp();
            case "wrapup" -> {
                List<PhoneModel.Choice> choices =
                        console.phone().model().dispositions().get();
                console.phone()
                        .wrapUp(choices.isEmpty() ? null : choices.getFirst().id());
            }
            case "leads" ->
                tell("leads " + console.session().stores().leads().all().size());
            case "quit" -> {
                console.voice().send(new dev.patchbay.desktop.voice.VoiceCommand.Shutdown());
                console.stage().close();
                Platform.exit();
            }
            default -> tell("unknown " + word);
        }
    }
}
