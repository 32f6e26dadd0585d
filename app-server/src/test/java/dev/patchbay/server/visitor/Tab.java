package dev.patchbay.server.visitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/// One tab of a [Chromium]. Each step brings it to the front first, so that tabs can be used in turn.
public final class Tab {
    private final ChromeDriver driver;
    private final String window;

    Tab(ChromeDriver driver, String window) {
        this.driver = driver;
        this.window = window;
    }

    public void load(String address) {
        front().get(address);
    }

    /// Loads the page again; a question "leave the page?" is answered with yes.
    public void reload() {
        front().navigate().refresh();
    }

    /// Closes the tab as a user does: the page hears `pagehide`.
    public void close() {
        // Another page first: chromedriver's own closing does not let the page say good-bye.
        front().get("about:blank");
        if (driver.getWindowHandles().size() > 1) {
            driver.close();
            driver.switchTo().window(driver.getWindowHandles().iterator().next());
        }
    }

    /// Runs a function body in the page and returns what it returns; a promise is waited for.
    public @Nullable Object run(String script, Object... arguments) {
        return front().executeScript(script, arguments);
    }

    /// What the audio element plays during `time` from now on; silence when it is muted or plays nothing.
    public Sound heard(String element, Duration time) {
        listen(element, time);
        return recorded();
    }

    /// Begins to listen; [#recorded()] gives what was heard since.
    public void listen(String element, Duration time) {
        front().executeScript("window.recording = ears.listen(arguments[0], arguments[1]);", element, time.toMillis());
    }

    /// Waits for the end of what [#listen] began.
    public Sound recorded() {
        return sound(front().executeAsyncScript("const done = arguments[0]; window.recording.then(done);"));
    }

    /// Emulates a screen of this width and, if asked, a dark scheme.
    public void screen(int width, int height, boolean dark) {
        front().executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        front().executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    public void picture(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, front().getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs axe-core over what is on the screen.
    ///
    /// @return each violation as rule, sentence and places; empty when there is none
    public List<?> accessibilityViolations() {
        if (!Boolean.TRUE.equals(front().executeScript("return typeof window.axe === 'object'"))) {
            front().executeScript(Chromium.text("/axe.min.js"));
        }
        Object found = front().executeAsyncScript("""
                const done = arguments[0];
                axe.run(document).then((result) => done(result.violations.map((violation) =>
                  `${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.target + " " + node.failureSummary).join("; ")}`)));
                """);
        return (List<?>) found;
    }

    /// The element that has this role and this accessible name, as a screen reader finds it.
    WebElement named(String selector, String name) {
        for (WebElement element : front().findElements(By.cssSelector(selector))) {
            if (element.isDisplayed() && name.equals(element.getAccessibleName())) {
                return element;
            }
        }
        throw new NoSuchElementException("no " + selector + " named " + name);
    }

    private static Sound sound(@Nullable Object samples) {
        if (!(samples instanceof List<?> list)) {
            throw new IllegalStateException("ears.js answered " + samples);
        }
        float[] heard = new float[list.size()];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = list.get(i) instanceof Number number ? number.intValue() / 32768f : 0;
        }
        return new Sound(heard);
    }

    ChromeDriver front() {
        if (!driver.getWindowHandle().equals(window)) {
            driver.switchTo().window(window);
        }
        return driver;
    }
}
