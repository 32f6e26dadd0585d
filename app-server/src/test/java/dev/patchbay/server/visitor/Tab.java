package dev.patchbay.server.visitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.Alert;
import org.openqa.selenium.NoAlertPresentException;
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
        front().executeScript("setTimeout(() => location.reload(), 0)");
        acceptQuestion();
    }

    /// Closes the tab as a user does: the page hears `pagehide`.
    public void close() {
        ChromeDriver browser = front();
        // Another page first: chromedriver's own closing does not let the page say good-bye.
        browser.executeScript("setTimeout(() => location.replace('about:blank'), 0)");
        acceptQuestion();
    }

    /// Runs a function body in the page and returns what it returns; a promise is waited for.
    public @Nullable Object run(String script, Object... arguments) {
        return front().executeScript(script, arguments);
    }

    /// What the audio element plays during `time` from now on; silence when it is muted or plays nothing.
    public Sound heard(String element, Duration time) {
        Object samples = front().executeAsyncScript(
                        "const done = arguments[2]; ears.listen(arguments[0], arguments[1]).then(done);",
                        element,
                        time.toMillis());
        if (!(samples instanceof List<?> list)) {
            throw new IllegalStateException("ears.js answered " + samples);
        }
        float[] heard = new float[list.size()];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = ((Number) list.get(i)).intValue() / 32768f;
        }
        return new Sound(heard);
    }

    /// Begins to listen; [#recorded()] gives what was heard since.
    public void record(String element, Duration time) {
        front().executeScript(
                        "window.recording = ears.listen(arguments[0], arguments[1]); return true;",
                        element,
                        time.toMillis());
    }

    /// Waits for the end of what [#record] began.
    public Sound recorded() {
        Object samples = front().executeAsyncScript("const done = arguments[0]; window.recording.then(done);");
        List<?> list = (List<?>) samples;
        float[] heard = new float[list.size()];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = ((Number) list.get(i)).intValue() / 32768f;
        }
        return new Sound(heard);
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
        for (WebElement element : front().findElements(org.openqa.selenium.By.cssSelector(selector))) {
            if (element.isDisplayed() && name.equals(element.getAccessibleName())) {
                return element;
            }
        }
        throw new org.openqa.selenium.NoSuchElementException("no " + selector + " named " + name);
    }

    ChromeDriver front() {
        if (!driver.getWindowHandle().equals(window)) {
            driver.switchTo().window(window);
        }
        return driver;
    }

    private void acceptQuestion() {
        try {
            Alert question = driver.switchTo().alert();
            question.accept();
        } catch (NoAlertPresentException none) {
            // The browser asks only when the visitor has touched the page and is in a call.
        }
    }
}
