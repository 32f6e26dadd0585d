package dev.patchbay.server.visitor;

import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/// The call page as a visitor uses it: everything is found by its accessible name.
public final class VisitorPage {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String VOICE = "#voice";

    private final Tab tab;

    private VisitorPage(Tab tab) {
        this.tab = tab;
    }

    /// Opens the company's page in a new tab and waits until it can be used.
    ///
    /// @param server the server's address without a slash at the end
    public static VisitorPage open(Chromium browser, String server, String company) {
        VisitorPage page = new VisitorPage(browser.open(server + "/call/" + company));
        page.awaitLoaded();
        return page;
    }

    /// Fills the form in and presses the button.
    public void call(String name, String phone) {
        write("Your name", name);
        write("Phone", phone);
        press("Start call");
    }

    public void write(String field, String text) {
        WebElement input = tab.named("input", field);
        input.clear();
        input.sendKeys(text);
    }

    public void choose(String field, String option) {
        new Select(tab.named("select", field)).selectByVisibleText(option);
    }

    public void press(String button) {
        tab.named("button", button).click();
    }

    public boolean has(String button) {
        try {
            tab.named("button", button);
            return true;
        } catch (NoSuchElementException none) {
            return false;
        }
    }

    /// What the big line says, such as `Waiting`.
    public String status() {
        return text("status");
    }

    /// The text of an element that is shown; empty when it is hidden.
    public String text(String id) {
        return tab.front().findElement(By.id(id)).getText();
    }

    public void awaitStatus(String status) {
        Until.happens("the page says " + status, LIMIT, () -> status().equals(status));
    }

    /// Waits until the sound is set up both ways.
    public void awaitSound() {
        Until.happens("audio is connected", LIMIT, () -> text("detail").isEmpty());
    }

    public void awaitLoaded() {
        Until.happens(
                "the page is loaded",
                LIMIT,
                () -> Boolean.TRUE.equals(
                        tab.run("return (document.body?.dataset.screen ?? 'loading') !== 'loading'")));
    }

    /// What the visitor hears of the agent.
    public Sound heard(Duration time) {
        return tab.heard(VOICE, time);
    }

    public Tab tab() {
        return tab;
    }
}
