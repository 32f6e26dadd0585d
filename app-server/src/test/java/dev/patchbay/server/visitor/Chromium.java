package dev.patchbay.server.visitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/// One Chromium without a window, with a profile of its own that is deleted at the end.
///
/// Every document gets `ears.js` before its own scripts: it remembers the page's WebRTC connections and can listen to
/// what an audio element plays. It changes nothing of what the page does.
public final class Chromium implements AutoCloseable {
    /// What the browser finds when a page asks for the microphone.
    public enum Microphone {
        /// Allowed without asking; it hears [Sound#ofCaller()].
        SPEAKS,
        /// The visitor says no.
        DENIED,
        /// No device at all.
        NONE
    }

    /// Chromium's fake devices always hold a microphone; without them it asks the sound server that this hides.
    private static final Map<String, String> NO_SOUND_SERVER =
            Map.of("PULSE_SERVER", "unix:/nowhere", "PIPEWIRE_REMOTE", "nowhere", "ALSA_CONFIG_PATH", "/nowhere");

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    private final Path folder;
    private final ChromeDriverService service;
    private final ChromeDriver driver;
    private boolean fresh = true;

    private Chromium(Path folder, ChromeDriverService service, ChromeDriver driver) {
        this.folder = folder;
        this.service = service;
        this.driver = driver;
    }

    /// Starts a browser that speaks English, or skips the test when there is none.
    public static Chromium start() {
        return start(Microphone.SPEAKS, "en");
    }

    /// @param language what the browser asks pages for, such as `de`
    public static Chromium start(Microphone microphone, String language) {
        Optional<Path> browser = BROWSERS.stream().flatMap(Chromium::onPath).findFirst();
        Optional<Path> chromedriver = onPath("chromedriver").findFirst();
        Assumptions.assumeTrue(
                browser.isPresent() && chromedriver.isPresent(),
                "skipped: no Chromium here; install it, such as by: apt-get install chromium chromium-driver");
        try {
            Path folder = Files.createTempDirectory("patchbay-chromium");
            Path speech = folder.resolve("caller.wav");
            try (InputStream in = resource("/visitor/caller.wav")) {
                Files.copy(in, speech);
            }
            ChromeOptions options = new ChromeOptions();
            options.setBinary(browser.get().toFile());
            options.addArguments(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--user-data-dir=" + folder.resolve("profile"),
                    "--lang=" + language,
                    "--accept-lang=" + language,
                    "--window-size=480,900",
                    "--no-first-run",
                    "--no-default-browser-check",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-extensions",
                    "--disable-default-apps",
                    "--metrics-recording-only",
                    "--disable-background-timer-throttling",
                    "--disable-renderer-backgrounding",
                    "--disable-backgrounding-occluded-windows",
                    "--disable-features=Translate,MediaRouter,OptimizationHints,IntensiveWakeUpThrottling",
                    "--autoplay-policy=no-user-gesture-required");
            options.setExperimentalOption("prefs", preferences(microphone, language));
            if (microphone == Microphone.SPEAKS) {
                options.addArguments(
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--use-file-for-fake-audio-capture=" + speech);
            } else if (microphone == Microphone.DENIED) {
                options.addArguments("--use-fake-device-for-media-stream");
            } else {
                options.addArguments("--use-fake-ui-for-media-stream");
            }
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(chromedriver.get().toFile())
                    .usingAnyFreePort()
                    .withEnvironment(microphone == Microphone.NONE ? NO_SOUND_SERVER : Map.of())
                    .withSilent(true)
                    .build();
            return new Chromium(folder, service, new ChromeDriver(service, options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A new tab with this address, in front.
    public Tab open(String address) {
        return open(address, false);
    }

    /// @param lawless whether the page's own Content-Security-Policy is passed over, for a page that is only the place
    /// where a test's script runs
    Tab open(String address, boolean lawless) {
        if (!fresh) {
            driver.switchTo().newWindow(WindowType.TAB);
        }
        fresh = false;
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", text("/visitor/ears.js")));
        driver.executeCdpCommand("Page.setBypassCSP", Map.of("enabled", lawless));
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
        Tab tab = new Tab(driver, driver.getWindowHandle());
        tab.load(address);
        return tab;
    }

    /// Ends the browser and deletes its profile.
    @Override
    public void close() {
        try {
            driver.quit();
        } finally {
            service.stop();
            deleteAll(folder);
        }
    }

    private static Map<String, Object> preferences(Microphone microphone, String language) {
        int mayUse = microphone == Microphone.DENIED ? 2 : 1;
        return Map.of(
                "intl.accept_languages", language,
                "profile.default_content_setting_values.media_stream_mic", mayUse);
    }

    static String text(String resource) {
        try (InputStream in = resource(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Chromium.class.getResourceAsStream(name), name);
    }

    private static Stream<Path> onPath(String program) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.of(path.split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable);
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // The browser's last helper may still write; what stays is in the temporary folder.
            folder.toFile().deleteOnExit();
        }
    }
}
