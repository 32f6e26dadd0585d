package dev.patchbay.desktop;

import dev.patchbay.desktop.scenes.AdminScenes;
import dev.patchbay.desktop.scenes.ScreenScenes;
import dev.patchbay.desktop.settings.SettingsScenes;
import dev.patchbay.desktop.shell.Screenshots;
import dev.patchbay.desktop.shell.ShellScenes;
import dev.patchbay.desktop.start.StartScenes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `patchbay screenshots DIR`: every screen with sample data, as PNG files, on the headless platform.
@Command(
        name = "screenshots",
        description = "Draws every screen with sample data, light and dark, as PNG files.",
        mixinStandardHelpOptions = true)
final class ScreenshotsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder to write to; made when absent.")
    @Nullable
    Path folder;

    @Option(names = "--all", description = "High contrast, German and twice the size as well.")
    boolean all;

    @Option(names = "--only", paramLabel = "NAME", description = "Only scenes whose names begin so.")
    String only = "";

    static int run(String... args) {
        return new CommandLine(new ScreenshotsCommand()).execute(args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Headless.on();
        Path target = folder == null ? Path.of("out", "screenshots") : folder;
        List<Path> files = Screenshots.take(
                target,
                all ? Screenshots.ALL : Screenshots.USUAL,
                only,
                List.of(
                        ShellScenes::register,
                        StartScenes::register,
                        ScreenScenes::register,
                        AdminScenes::register,
                        SettingsScenes::register));
        System.out.println(files.size() + " pictures in " + target);
        return 0;
    }
}
