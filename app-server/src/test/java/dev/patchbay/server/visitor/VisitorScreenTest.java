package dev.patchbay.server.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/// What the call page shows, to whom, and that everybody can use it. Pictures go to `target/visitor`.
final class VisitorScreenTest {
    private static final Path PICTURES = Path.of("target", "visitor");
    private static final String HOSTILE =
            "<img src=x onerror=\"document.title='owned'\"> \u202Egnol & <script>1</script>";

    private final CallCentre company = CallCentre.open("Nordlicht " + HOSTILE);

    @AfterEach
    void end() {
        company.close();
    }

    @Test
    void everyScreenIsAccessibleInLightAndDarkAt320Pixels() {
        try (Chromium browser = Chromium.start()) {
            BrowserAgent agent = company.agent(browser);
            VisitorPage page = VisitorPage.open(browser, company.address(), company.slug());
            check(page, "1-form");
            page.press("Start call");
            assertThat(page.text("name-error")).startsWith("Please write your name");
            assertThat(page.tab().run("return document.activeElement.id")).isEqualTo("name");
            check(page, "2-form-error");
            page.choose("Topic", "Orders & <b>returns</b>");
            page.call("Ada " + HOSTILE, "");
            page.awaitStatus("Waiting");
            check(page, "3-waiting");
            agent.awaitRinging();
            agent.answer();
            page.awaitStatus("Connected to Maria");
            page.awaitSound();
            check(page, "4-connected");
            page.press("Keypad");
            page.press("Mute");
            page.press("7");
            check(page, "5-keypad");
            agent.hold();
            page.awaitStatus("On hold");
            check(page, "6-held");
            agent.hangUp();
            page.awaitStatus("Call ended");
            page.press("4 stars");
            check(page, "7-ended");
            VisitorPage unknown = VisitorPage.open(browser, company.address(), "nobody");
            assertThat(unknown.status()).isEqualTo("Not available");
            check(unknown, "8-unavailable");
        }
    }

    @Test
    void hostileNamesAreOnlyText() {
        try (Chromium browser = Chromium.start()) {
            VisitorPage page = VisitorPage.open(browser, company.address(), company.slug());
            assertThat(page.text("company")).contains("<script>1</script>");
            assertThat(page.tab().run("return document.querySelectorAll('main img, main script').length"))
                    .isEqualTo(0L);
            assertThat(page.tab().run("return document.title")).asString().startsWith("Call Nordlicht");
        }
    }

    @Test
    void aCallIsMadeWithTheKeyboardAlone() {
        try (Chromium browser = Chromium.start()) {
            BrowserAgent agent = company.agent(browser);
            VisitorPage page = VisitorPage.open(browser, company.address(), company.slug());
            keys(page, Keys.TAB, "Ada", Keys.TAB, "+49 30 1", Keys.TAB, Keys.TAB, Keys.ENTER);
            page.awaitStatus("Waiting");
            assertThat(focused(page)).as("the focus stays in the page").isEqualTo("progress");
            agent.awaitRinging();
            agent.answer();
            page.awaitStatus("Connected to Maria");
            keys(page, Keys.TAB, Keys.SPACE);
            assertThat(page.tab().run("return document.getElementById('mute').ariaPressed"))
                    .isEqualTo("true");
            keys(page, Keys.TAB, Keys.SPACE, "12#", Keys.ESCAPE);
            assertThat(focused(page)).isEqualTo("keypad");
            String call = agent.call().path("id").asText();
            Until.happens(
                    "three keys are written down",
                    Duration.ofSeconds(5),
                    () -> company.timeline(call, "dtmf").size() == 3);
            keys(page, Keys.TAB, Keys.ENTER);
            page.awaitStatus("Call ended");
        }
    }

    @Test
    void aRefusedMicrophoneIsExplainedAndOneMayListen() {
        try (Chromium browser = Chromium.start(Chromium.Microphone.DENIED, "en")) {
            BrowserAgent agent = company.agent(browser);
            VisitorPage page = VisitorPage.open(browser, company.address(), company.slug());
            page.call("Ada", "");
            page.awaitStatus("The call cannot start yet");
            assertThat(page.text("problem-text")).startsWith("The microphone is blocked for this page.");
            check(page, "9-denied");
            page.press("Call without a microphone");
            agent.awaitRinging();
            agent.answer();
            page.awaitStatus("Connected to Maria");
            Until.happens("the page says that nobody hears", Duration.ofSeconds(5), () -> page.text("detail")
                    .startsWith("You can hear, but nobody hears you"));
            assertThat(page.heard(Duration.ofSeconds(4)).isSilent()).isFalse();
            assertThat(page.has("Use a microphone")).isTrue();
            check(page, "10-listening");
        }
    }

    @Test
    void withoutAMicrophoneThePageSaysWhatToDo() {
        try (Chromium browser = Chromium.start(Chromium.Microphone.NONE, "en")) {
            VisitorPage page = VisitorPage.open(browser, company.address(), company.slug());
            page.call("Ada", "");
            page.awaitStatus("The call cannot start yet");
            assertThat(page.text("problem-text")).startsWith("No microphone was found.");
            assertThat(page.has("Try again")).isTrue();
        }
    }

    @Test
    void aGermanBrowserSeesGermanAndAFloodIsToldToWait() {
        try (CallCentre strict = CallCentre.open("Nordlicht", 1);
                Chromium browser = Chromium.start(Chromium.Microphone.SPEAKS, "de")) {
            VisitorPage page = VisitorPage.open(browser, strict.address(), strict.slug());
            assertThat(page.tab().run("return document.documentElement.lang")).isEqualTo("de");
            page.write("Ihr Name", "Ada");
            page.press("Anrufen");
            page.awaitStatus("Bitte warten");
            page.press("Auflegen");
            page.awaitStatus("Anruf beendet");
            page.press("Noch einmal anrufen");
            page.press("Anrufen");
            page.awaitStatus("Der Anruf kann noch nicht beginnen");
            assertThat(page.text("problem-text")).containsPattern("Bitte warten Sie \\d+ Sekunde");
            check(page, "11-german");
        }
    }

    private static String focused(VisitorPage page) {
        return String.valueOf(page.tab().run("return document.activeElement.id"));
    }

    private static void keys(VisitorPage page, CharSequence... keys) {
        Actions actions = new Actions(page.tab().front());
        for (CharSequence key : keys) {
            actions.sendKeys(key);
        }
        actions.perform();
    }

    private static void check(VisitorPage page, String name) {
        Tab tab = page.tab();
        for (boolean dark : List.of(false, true)) {
            tab.screen(320, 640, dark);
            tab.picture(PICTURES.resolve(name + (dark ? "-dark" : "") + ".png"));
            assertThat(tab.accessibilityViolations())
                    .as(name + (dark ? " in dark" : ""))
                    .isEmpty();
            assertThat(tab.run("return document.documentElement.scrollWidth <= window.innerWidth"))
                    .as(name + " needs no sideways scrolling")
                    .isEqualTo(true);
        }
    }
}
