package dev.patchbay.desktop.softphone.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.scenes.DemoWorld;
import dev.patchbay.desktop.scenes.OnScreen;
import dev.patchbay.desktop.softphone.DockState;
import dev.patchbay.desktop.softphone.Notes;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.Because;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A whole call without a mouse.
class DockKeyboardTest {
    private OnScreen console;

    @BeforeEach
    void open() {
        console = OnScreen.open();
    }

    @AfterEach
    void close() {
        console.close();
    }

    private void ring() {
        OnScreen.run(() -> console.world()
                .actions()
                .offer(console.world().ring("Maria Lopez", "+15550104471", "Sales", "Solar offers", null)));
        console.settle();
    }

    private DockState state() {
        return OnScreen.on(() -> console.world().phone().state().get());
    }

    private String said() {
        return OnScreen.on(() -> ((Label) console.dock().lookup(".notes > .label")).getText());
    }

    private List<String> asked() {
        return OnScreen.on(() -> console.world().actions().asked());
    }

    @Test
    void aCallIsAnsweredMutedHeldAndEndedByKeys() {
        ring();
        assertThat(console.reads("Solar offers")).isTrue();
        console.press(KeyCode.F8);
        assertThat(state()).isInstanceOf(DockState.InCall.class);
        console.press(KeyCode.F9);
        console.press(KeyCode.F9);
        console.press(KeyCode.F10);
        console.press(KeyCode.F10);
        console.press(KeyCode.F8, true, false);
        assertThat(asked()).containsExactly("answer", "mute", "unmute", "hold", "resume", "hangUp");
        assertThat(state()).isInstanceOf(DockState.WrapUp.class);
    }

    @Test
    void digitsInACallAreTonesUnlessTheyAreTypedIntoAText() {
        ring();
        console.press(KeyCode.F8);
        OnScreen.run(() -> console.dock().requestFocus());
        console.type("42#");
        assertThat(asked()).containsExactly("answer", "keypad 4", "keypad 2", "keypad #");
        OnScreen.run(() -> console.dock().lookup(".notes .text-area").requestFocus());
        console.type("12 panels");
        assertThat(asked()).hasSize(4);
        assertThat((String)
                        OnScreen.on(() -> console.world().phone().notes().get().text()))
                .isEqualTo("12 panels");
    }

    @Test
    void theWrapUpIsDoneByADigitAndEnter() {
        ring();
        console.press(KeyCode.F8);
        console.press(KeyCode.F8, true, false);
        OnScreen.run(() -> console.dock().focus());
        console.type("2");
        console.press(KeyCode.ENTER);
        assertThat(asked()).endsWith("wrapUp appointment");
        assertThat(state()).isInstanceOf(DockState.Idle.class);
    }

    @Test
    void aWrapUpWithoutTheDispositionThatTheQueueWantsIsNotSent() {
        ring();
        console.press(KeyCode.F8);
        console.press(KeyCode.F8, true, false);
        console.press(KeyCode.ENTER, false, true);
        assertThat(state()).isInstanceOf(DockState.WrapUp.class);
        assertThat(OnScreen.on(() -> console.world()
                        .dock()
                        .model()
                        .dispositionMissingProperty()
                        .get()))
                .isTrue();
    }

    @Test
    void notesStayWhileTheCallGoesFromTalkingToWrapUp() {
        ring();
        console.press(KeyCode.F8);
        OnScreen.run(() -> console.dock().lookup(".notes .text-area").requestFocus());
        console.type("Roof faces south");
        console.press(KeyCode.F8, true, false);
        TextArea area = (TextArea) OnScreen.on(() -> console.dock().lookup(".notes .text-area"));
        String typed = OnScreen.on(area::getText);
        assertThat(typed).isEqualTo("Roof faces south");
        assertThat(said()).isEqualTo("being kept …");
        OnScreen.run(() -> console.world().actions().saved());
        assertThat(OnScreen.on(() -> console.world().phone().notes().get().saved()))
                .isEqualTo(Notes.Saved.ON_SERVER);
        assertThat(said()).isEqualTo("saved");
    }

    @Test
    void aCallTakenByAColleagueStopsRinging() {
        ring();
        OnScreen.run(() -> console.world().actions().beatenBy("Ben Ahmadi"));
        console.press(KeyCode.F8);
        assertThat(state()).isInstanceOf(DockState.Idle.class);
        assertThat(console.reads("Ben Ahmadi answered first")).isTrue();
    }

    @Test
    void aNumberThatCannotBeDialledSaysWhy() {
        OnScreen.run(() -> console.dock().focus());
        console.type("0221 / 99 88 77-0");
        assertThat(console.reads("no telephone carrier is set up")).isTrue();
        OnScreen.run(() -> console.world().dock().prepare("not a number"));
        assertThat(console.reads("This is not a phone number")).isTrue();
    }

    @Test
    void whoGetsNoCallsIsToldSoAndComesBackByOneButton() {
        OnScreen.run(() -> console.world().phone().agent().set(agent(AgentState.MISSED)));
        assertThat(console.reads("A call rang out")).isTrue();
        OnScreen.run(() -> ((Button) console.dock().lookup(".dock-card .banner .button")).fire());
        assertThat(asked()).containsExactly("setState available");
        OnScreen.run(() -> console.world().phone().agent().set(agent(AgentState.AVAILABLE)));
        assertThat(OnScreen.on(() -> console.dock().lookup(".dock-card .banner").isVisible()))
                .isFalse();
    }

    private static AgentView agent(AgentState state) {
        return new AgentView(
                DemoWorld.ANNA,
                "Anna Keller",
                state,
                null,
                Instant.EPOCH,
                new Because("rangOut", null),
                null,
                null,
                null,
                true,
                List.of(),
                List.of(),
                1);
    }

    @Test
    void theDigitsOfACallAreForgottenWithIt() {
        ring();
        console.press(KeyCode.F8);
        OnScreen.run(() -> console.world().dock().tone("1"));
        console.press(KeyCode.F8, true, false);
        OnScreen.run(() -> console.dock().focus());
        console.type("1");
        console.press(KeyCode.ENTER);
        assertThat(OnScreen.on(
                        () -> console.world().dock().model().keyedProperty().get()))
                .isEmpty();
        assertThat(OnScreen.on(() ->
                        console.world().dock().model().dispositionProperty().get() == null))
                .isTrue();
    }
}
