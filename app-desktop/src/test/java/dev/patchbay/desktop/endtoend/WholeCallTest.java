package dev.patchbay.desktop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallStatus;
import dev.patchbay.server.visitor.Until;
import dev.patchbay.server.visitor.VisitorPage;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A customer in a browser talks to an agent at the console, from the first ring to the disposition.
class WholeCallTest {
    @Test
    void aVisitorsSpeechReachesTheHeadsetAndTheAgentsReachesThePage() throws IOException {
        try (Office office = Office.open()) {
            VisitorPage page = office.visitor("Maria Lopez", "Sales");
            String call = office.answer(page);
            office.awaitState(AgentState.ON_CALL);
            office.bothAreHeard(page);
            hold(office, page, call);
            mute(office, page);
            keys(office, page, call);
            hangUp(office, page, call);
        }
    }

    private static void hold(Office office, VisitorPage page, String call) {
        office.console.press("F10");
        office.awaitCall(call, CallStatus.HELD);
        page.awaitStatus("On hold");
        assertThat(page.heard(Duration.ofSeconds(2)).isSilent())
                .as("the page while held")
                .isTrue();
        assertThat(office.headset.hear(Duration.ofSeconds(2)).isSilent())
                .as("the headset while held")
                .isTrue();
        office.console.press("F10");
        office.awaitCall(call, CallStatus.ACTIVE);
        page.awaitStatus("Connected to Alex");
        office.bothAreHeard(page);
    }

    private static void mute(Office office, VisitorPage page) {
        office.console.press("F9");
        Until.happens("the page hears nothing of a muted agent", Office.LIMIT, () -> page.heard(Duration.ofSeconds(1))
                .isSilent());
        assertThat(page.heard(Duration.ofSeconds(2)).isSilent()).isTrue();
        assertThat(office.headset.hear(Office.SENTENCE).isSilent())
                .as("the caller is still heard")
                .isFalse();
        office.console.press("F9");
        Until.happens("the agent is heard again", Office.LIMIT, () -> !page.heard(Duration.ofSeconds(1))
                .isSilent());
    }

    private static void keys(Office office, VisitorPage page, String call) {
        page.press("Mute");
        page.press("Keypad");
        long from = office.headset.now();
        page.press("5");
        page.press("5");
        Until.happens(
                "the visitor's keys are written down",
                Office.LIMIT,
                () -> office.timeline(call, "dtmf").size() == 2);
        Until.happens("the tones of 5 are at the headset", Duration.ofSeconds(8), () -> office.headset
                .since(from)
                .hasKey(770, 1336));
        page.press("Mute");
        office.console.press("F11", "7");
        Until.happens("the agent's key is written down", Office.LIMIT, () -> office.timeline(call, "dtmf").stream()
                .anyMatch(entry ->
                        "7".equals(entry.data().get("digits")) && entry.who().startsWith("Alex")));
    }

    private static void hangUp(Office office, VisitorPage page, String call) {
        office.console.press("shift+F8");
        page.awaitStatus("Call ended");
        office.awaitState(AgentState.WRAP_UP);
        office.console.press("1");
        office.console.press("ctrl+Return");
        office.awaitState(AgentState.AVAILABLE);
        Call over = office.call(call);
        assertThat(over.status()).isEqualTo(CallStatus.CLOSED);
        assertThat(over.disposition()).as("chosen by its number").isNotBlank();
        assertThat(office.headset.hear(Duration.ofSeconds(1)).isSilent()).isTrue();
    }
}
