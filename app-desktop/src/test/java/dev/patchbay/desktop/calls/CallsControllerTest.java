package dev.patchbay.desktop.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.scenes.DemoWorld;
import dev.patchbay.desktop.scenes.OnScreen;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import javafx.application.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallsControllerTest {
    /// What the screen asked the archive and has no answer to yet, newest first.
    private final Deque<Runnable> asked = new ArrayDeque<>();

    private DemoWorld world;
    private CallsModel model;

    @BeforeEach
    void open() {
        OnScreen.toolkit();
        world = OnScreen.on(
                () -> new DemoWorld(InstantSource.system(), System::nanoTime, asked::push, Platform::runLater));
        model = world.calls().model();
        past("Ada", CallStatus.CLOSED, 10);
        past("Ben", CallStatus.ABANDONED, 20);
        past("Chloé", CallStatus.MISSED, 30);
    }

    private Call past(String name, CallStatus status, int minutes) {
        Call call = world.call(name, "+4922155500", "Sales", "Solar", status, Duration.ofMinutes(minutes));
        world.archive().add(new CallDetails(call, DemoWorld.timeline(call, name), null));
        return call;
    }

    private void answer(boolean newestFirst) {
        while (!asked.isEmpty()) {
            Runnable next = newestFirst ? asked.pop() : asked.removeLast();
            next.run();
        }
        OnScreen.run(() -> {});
    }

    @Test
    void missedShowsOnlyWhatNobodyAnswered() {
        OnScreen.run(() -> world.calls().show(CallsModel.Tab.MISSED));
        answer(false);
        assertThat(model.past()).extracting(call -> call.caller().name()).containsExactly("Ben", "Chloé");
    }

    @Test
    void anAnswerToAnOlderQuestionIsPassedOver() {
        OnScreen.run(() -> world.calls().show(CallsModel.Tab.HISTORY));
        OnScreen.run(() -> world.calls().show(CallsModel.Tab.MISSED));
        assertThat(asked).hasSize(2);
        answer(true);
        assertThat(model.past()).hasSize(2);
    }

    @Test
    void aServerOutOfReachIsSaidAndTryingAgainHelps() {
        world.archive().away(true);
        OnScreen.run(() -> world.calls().show(CallsModel.Tab.HISTORY));
        answer(false);
        assertThat(model.pastFaceProperty().get()).isEqualTo(CallsModel.Face.FAILED);
        world.archive().away(false);
        OnScreen.run(() -> world.calls().load());
        answer(false);
        assertThat(model.pastFaceProperty().get()).isEqualTo(CallsModel.Face.FULL);
        assertThat(model.past()).hasSize(3);
    }

    @Test
    void waitingAndActiveFollowTheServerUntilTheScreenIsHidden() {
        OnScreen.run(() -> world.calls().onShow());
        Call call = world.call("Dora", null, "Sales", "Solar", CallStatus.QUEUED, Duration.ofSeconds(5));
        OnScreen.run(() -> world.stores().calls().put(call));
        OnScreen.until("it waits", () -> model.waiting().size() == 1);
        OnScreen.run(() -> world.calls().onHide());
        Call other = world.call("Emil", null, "Sales", "Solar", CallStatus.QUEUED, Duration.ofSeconds(5));
        OnScreen.run(() -> world.stores().calls().put(other));
        OnScreen.run(() -> {});
        assertThat(model.waiting()).hasSize(1);
    }

    @Test
    void callingBackPutsTheNumberIntoTheDialPad() {
        Call missed = past("Frida", CallStatus.MISSED, 2);
        assertThat(OnScreen.on(() -> world.calls().callBack(missed))).isTrue();
        assertThat(world.ways()).containsExactly("callBack +4922155500");
    }

    @Test
    void namesThatTurnTheLineAroundAreMadePlain() {
        assertThat(CallWords.plain("evil\u202Egnp.exe\u0000\n")).isEqualTo("evilgnp.exe");
    }
}
