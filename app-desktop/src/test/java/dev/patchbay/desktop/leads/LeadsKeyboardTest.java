package dev.patchbay.desktop.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.scenes.DemoWorld;
import dev.patchbay.desktop.scenes.OnScreen;
import dev.patchbay.model.Lead;
import java.util.List;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Leads without a mouse.
class LeadsKeyboardTest {
    private OnScreen console;

    @BeforeEach
    void open() {
        console = OnScreen.open();
    }

    @AfterEach
    void close() {
        console.close();
    }

    private LeadsModel model() {
        return console.world().leads().model();
    }

    private List<String> shown() {
        return OnScreen.on(() ->
                model().list().shown().stream().map(row -> row.lead().name()).toList());
    }

    private void select(int row) {
        OnScreen.run(() -> {
            TableView<?> table = (TableView<?>) console.leads().view().lookup(".table-view");
            table.requestFocus();
            table.getSelectionModel().clearAndSelect(row);
        });
        console.settle();
    }

    private LeadForm form() {
        return OnScreen.on(() -> model().formProperty().get());
    }

    @Test
    void enterClaimsTheSelectedLeadAndOpensIt() {
        select(1);
        console.press(KeyCode.ENTER);
        OnScreen.until("the lead is open", () -> model().formProperty().get() != null);
        OnScreen.until(
                "it left the tank",
                () -> !model().list().shown().getFirst().lead().name().isEmpty()
                        && model().list().count(LeadList.Tab.MINE).get() == 2);
        assertThat(shown()).doesNotContain("Aisha Rahman");
        assertThat(console.reads("Aisha Rahman is yours")).isTrue();
    }

    @Test
    void theLoserOfAClaimIsToldWhoWonAndGetsTheNext() {
        Lead jonas = OnScreen.on(() -> model().list().shown().get(2).lead());
        OnScreen.run(() -> console.world().desk().takenBy(jonas.id(), DemoWorld.BEN, "Ben Ahmadi", false));
        select(2);
        console.press(KeyCode.ENTER);
        assertThat(console.reads("Ben Ahmadi was faster with Jonas Weber. Next: Li Wei"))
                .isTrue();
        assertThat(OnScreen.on(() -> model().selectedProperty().get().lead().name()))
                .isEqualTo("Li Wei");
    }

    @Test
    void aLeadIsCreatedByKeysAndFaultsStandUnderTheFields() {
        console.press(KeyCode.N, false, true);
        OnScreen.run(
                () -> console.leads().view().lookup(".lead-form .text-field").requestFocus());
        console.press(KeyCode.ENTER);
        assertThat(console.reads("A name is needed")).isTrue();
        assertThat(console.reads("A phone number or an e-mail address is needed"))
                .isTrue();
        console.type("Ada Ólafsdóttir");
        OnScreen.run(() -> form().text(LeadForm.Field.PHONE).set("0221 / 5550 123"));
        console.press(KeyCode.ENTER);
        OnScreen.until(
                "it is in the tank",
                () -> model().list().count(LeadList.Tab.TANK).get() == 11);
        assertThat(console.world().desk().asked()).containsExactly("lead.create");
        assertThat(OnScreen.on(() -> model().list().shown().getFirst().lead().phone()))
                .isEqualTo("+492215550123");
    }

    @Test
    void aCallsLeadWaitsWhileSomethingIsTyped() {
        OnScreen.run(
                () -> console.world().leads().open(model().list().shown().get(1).lead()));
        LeadForm typing = form();
        OnScreen.run(() -> typing.text(LeadForm.Field.NOTES).set("Asked for a quote by"));
        OnScreen.run(() -> console.world().leads().pop("Maria Lopez", null, "+15550104471"));
        console.settle();
        assertThat(form()).isSameAs(typing);
        assertThat(console.reads("Maria Lopez is calling")).isTrue();
        select(0);
        console.press(KeyCode.ENTER);
        assertThat(OnScreen.on(() -> form().text(LeadForm.Field.NAME).get())).isEqualTo("Maria Lopez");
        assertThat(OnScreen.on(() -> model().stashProperty().get())).isSameAs(typing);
        OnScreen.run(() -> console.world().leads().unstash());
        assertThat(OnScreen.on(() -> form().text(LeadForm.Field.NOTES).get())).isEqualTo("Asked for a quote by");
    }

    @Test
    void bothValuesOfAConflictAreShownAndTheUserChooses() {
        Lead lead = OnScreen.on(() -> model().list().shown().get(2).lead());
        OnScreen.run(() -> console.world().leads().open(lead));
        OnScreen.run(() -> form().text(LeadForm.Field.PHONE).set("0221 5550 9999"));
        OnScreen.run(() -> console.world().desk().phoneChanged(lead.id(), "+4922155501234", false));
        OnScreen.run(() -> console.world().leads().save());
        OnScreen.until("the conflict is there", () -> !form().conflicts().isEmpty());
        assertThat(form().conflicts().getFirst().yours()).isEqualTo("0221 5550 9999");
        OnScreen.run(() -> form().keepMine(form().conflicts().getFirst()));
        OnScreen.run(() -> console.world().leads().save());
        OnScreen.until("it is saved", () -> !form().dirty());
        assertThat(console.world().desk().now(lead.id()).phone()).isEqualTo("+4922155509999");
    }

    @Test
    void aDeletedLeadComesBackByUndoAndGoesForGoodOtherwise() {
        select(0);
        console.press(KeyCode.DELETE);
        assertThat(shown()).doesNotContain("Tomás Herrera");
        assertThat(console.world().desk().asked()).isEmpty();
        OnScreen.run(
                () -> ((javafx.scene.control.Button) console.scene().getRoot().lookup(".toast-action")).fire());
        assertThat(shown()).contains("Tomás Herrera");
        select(0);
        console.press(KeyCode.DELETE);
        OnScreen.run(() -> console.leads().onHide());
        assertThat(console.world().desk().asked()).containsExactly("lead.delete");
    }

    @Test
    void withoutALineAnEditIsKeptAndAClaimIsRefused() {
        OnScreen.run(() -> console.world().desk().away(true));
        select(0);
        console.press(KeyCode.ENTER);
        assertThat(console.reads("No connection to the server")).isTrue();
        OnScreen.run(
                () -> console.world().leads().open(model().list().shown().get(1).lead()));
        OnScreen.run(() -> form().text(LeadForm.Field.TAGS).set("solar"));
        OnScreen.run(() -> console.world().leads().save());
        OnScreen.until("it is told", () -> model().formProperty().get() == null);
        assertThat(console.reads("kept on this computer")).isTrue();
    }

    @Test
    void aLeadOpenedBeforeTheScreenShowsLeavesTheTableItsMainColumns() {
        OnScreen.run(() -> {
            console.leads().onHide();
            console.world().leads().open(model().list().shown().get(1).lead());
            console.leads().onShow();
        });
        TableView<?> table = (TableView<?>) console.leads().view().lookup(".table-view");
        assertThat(OnScreen.on(() -> table.getColumns().size())).isEqualTo(4);
    }

    @Test
    void inANarrowWindowAnOpenFormTakesTheListsPlace() {
        javafx.scene.layout.Region view =
                (javafx.scene.layout.Region) console.leads().view();
        javafx.scene.Node list = view.lookup(".faces");
        OnScreen.run(() -> view.setMaxWidth(620));
        console.settle();
        assertThat(list.isVisible()).isTrue();
        OnScreen.run(
                () -> console.world().leads().open(model().list().shown().get(1).lead()));
        console.settle();
        assertThat(list.isVisible()).isFalse();
        OnScreen.run(() -> console.world().leads().close());
        console.settle();
        assertThat(list.isVisible()).isTrue();
    }

    @Test
    void ctrlEnterInTheFormSavesTheLeadAndLeavesTheWrapUp() {
        OnScreen.run(() -> console.world()
                .actions()
                .offer(console.world().ring("Maria Lopez", "+15550104471", "Sales", "Solar offers", null)));
        console.press(KeyCode.F8);
        console.press(KeyCode.F8, true, false);
        OnScreen.run(() -> console.world().dock().typed("2"));
        OnScreen.run(
                () -> console.world().leads().open(model().list().shown().get(1).lead()));
        OnScreen.run(() -> form().text(LeadForm.Field.TAGS).set("solar"));
        OnScreen.run(
                () -> console.leads().view().lookup(".lead-form .text-field").requestFocus());
        console.press(KeyCode.ENTER, false, true);
        OnScreen.until("it is saved", () -> model().formProperty().get() == null || !form().dirty());
        assertThat(OnScreen.on(() -> console.world().phone().state().get()))
                .isInstanceOf(dev.patchbay.desktop.softphone.DockState.WrapUp.class);
    }

    @Test
    void hidingTheScreenLeavesNoListenerBehind() {
        for (int i = 0; i < 3; i++) {
            OnScreen.run(() -> console.leads().onHide());
            assertThat(OnScreen.on(() -> model().listeners())).isZero();
            OnScreen.run(() -> console.world()
                    .stores()
                    .leads()
                    .put(console.world()
                            .lead("While hidden", "+4922155500", null, "web", null, java.time.Duration.ZERO)));
            OnScreen.run(() -> {});
            int before = shown().size();
            OnScreen.run(() -> console.world().leads().drain());
            assertThat(shown()).hasSize(before);
            OnScreen.run(() -> console.leads().onShow());
            assertThat(OnScreen.on(() -> model().listeners())).isOne();
        }
    }
}
