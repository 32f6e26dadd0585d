package dev.patchbay.desktop.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.desktop.scenes.AdminScenes;
import dev.patchbay.desktop.scenes.DemoRecords;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SectionControllerTest {
    private final DemoRecords records = AdminScenes.records();
    private final List<String> said = new ArrayList<>();
    private final List<Runnable> offered = new ArrayList<>();
    private SectionController users;

    @BeforeEach
    void open() {
        Words.speak(Locale.ENGLISH);
        users = open(UserSection.section());
    }

    private SectionController open(Section section) {
        SectionController made = new SectionController(
                section, new Errands(records, Runnable::run, Runnable::run), (_, sentence, _, run) -> {
                    said.add(sentence);
                    offered.add(run);
                });
        made.load();
        return made;
    }

    private static JsonNode row(SectionController of, String name) {
        return of.model().shown().stream()
                .filter(row -> row.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Draft draft(SectionController of) {
        return Objects.requireNonNull(of.model().draft().get());
    }

    private static void type(SectionController in, String field, String text) {
        draft(in).value(field).set(TextNode.valueOf(text));
    }

    @Test
    void anEntryChangedByBothIsAskedAboutAndThenSavedOverTheNewerVersion() {
        users.select(row(users, "Ben Okoye"));
        type(users, "name", "Ben O.");
        records.meanwhile("users", "Ben Okoye", Map.of("name", "Benjamin Okoye", "email", "b@demo.test"));
        users.save();
        assertThat(draft(users).conflicts()).hasSize(1);
        assertThat(records.entries("users"))
                .noneMatch(user -> user.path("name").asText().equals("Ben O."));
        draft(users).keepMine(draft(users).conflicts().getFirst());
        users.save();
        assertThat(records.entries("users")).anySatisfy(user -> {
            assertThat(user.path("name").asText()).isEqualTo("Ben O.");
            assertThat(user.path("email").asText()).as("what only they changed").isEqualTo("b@demo.test");
        });
    }

    @Test
    void whereOnlyTheOtherChangedSomethingTheSaveGoesOnByItself() {
        users.select(row(users, "Ben Okoye"));
        type(users, "name", "Ben O.");
        records.meanwhile("users", "Ben Okoye", Map.of("email", "b@demo.test"));
        users.save();
        assertThat(said).contains("Ben O. is saved.");
        assertThat(row(users, "Ben O.").path("email").asText()).isEqualTo("b@demo.test");
    }

    @Test
    void anEditLeftForAnotherEntryIsThereAgainOnTheWayBack() {
        users.select(row(users, "Ben Okoye"));
        type(users, "name", "Half a na");
        users.select(row(users, "Grace Liu"));
        assertThat(users.model().unsaved()).containsExactly("u2");
        users.select(row(users, "Ben Okoye"));
        assertThat(draft(users).value("name").get().asText()).isEqualTo("Half a na");
        users.discard();
        users.select(row(users, "Grace Liu"));
        assertThat(users.model().unsaved()).isEmpty();
    }

    @Test
    void anAddressInUseIsSaidAndNothingTypedIsLost() {
        users.create();
        type(users, "name", "Second Ben");
        type(users, "email", "ben@demo.test");
        type(users, "password", "sunny roofs 12");
        users.save();
        assertThat(users.model().problem().get()).startsWith("Somebody has this e-mail address already.");
        assertThat(draft(users).value("name").get().asText()).isEqualTo("Second Ben");
        type(users, "email", "ben2@demo.test");
        users.save();
        assertThat(users.model().problem().get()).isEmpty();
        assertThat(draft(users).isNew()).isFalse();
        assertThat(users.model().shown())
                .extracting(row -> row.path("name").asText())
                .contains("Second Ben");
        assertThat(draft(users).inputs()).as("the first password is gone").noneMatch(input -> input.field()
                .equals("password"));
    }

    @Test
    void anEntryThatSomebodyRemovedIsToldAndGoesFromTheList() {
        SectionController outcomes = open(NameSections.outcomes());
        JsonNode entry = row(outcomes, "Call back");
        outcomes.select(entry);
        type(outcomes, "name", "Call again");
        records.delete("/dispositions/" + entry.path("id").asText());
        outcomes.save();
        assertThat(said).contains("Somebody removed it meanwhile.");
        assertThat(outcomes.model().draft().get()).isNull();
        assertThat(outcomes.model().shown()).hasSize(3);
    }

    @Test
    void aRemovedOutcomeComesBackByUndo() {
        SectionController outcomes = open(NameSections.outcomes());
        outcomes.select(row(outcomes, "Call back"));
        outcomes.remove();
        assertThat(records.entries("dispositions")).hasSize(3);
        offered.getLast().run();
        assertThat(records.entries("dispositions")).hasSize(4);
        assertThat(row(outcomes, "Call back")).isNotNull();
    }

    @Test
    void aQueueGoesOnlyAfterAYes() {
        SectionController queues = open(QueueSection.section());
        queues.select(row(queues, "Support"));
        queues.remove();
        assertThat(records.entries("queues")).hasSize(3);
        queues.removeNow(Objects.requireNonNull(queues.model().asked().get()));
        assertThat(records.entries("queues")).hasSize(2);
    }

    @Test
    void aQueuesMembersAreWrittenOnlyWhenTheyChanged() {
        SectionController queues = open(QueueSection.section());
        queues.select(row(queues, "Sales"));
        type(queues, "name", "Sales south");
        queues.save();
        assertThat(records.asked()).noneMatch(asked -> asked.startsWith("PUT") && asked.endsWith("/agents"));
        var members = (com.fasterxml.jackson.databind.node.ArrayNode)
                draft(queues).value("userIds").get().deepCopy();
        draft(queues).value("userIds").set(Draft.sorted(members.add("u8")));
        queues.save();
        assertThat(records.asked()).contains("PUT /queues/q2/agents");
        assertThat(draft(queues).value("userIds").get()).hasSize(4);
        assertThat(draft(queues).dirty().get()).isFalse();
    }

    @Test
    void theSearchLooksIntoEveryColumnAsItIsRead() {
        users.model().search().set("boston");
        assertThat(users.model().shown())
                .extracting(row -> row.path("name").asText())
                .containsExactly("Chloé Dubois", "Dmitri Sokolov");
        users.model().search().set("nobody at all");
        assertThat(users.model().face().get()).isInstanceOf(SectionModel.Face.NoMatch.class);
    }

    @Test
    void aServerThatIsAwayIsSaidAndTheListStays() {
        records.away(true);
        users.load();
        assertThat(users.model().shown()).hasSize(8);
        assertThat(said).anyMatch(sentence -> sentence.startsWith("The server does not answer."));
        SectionController fresh = open(OfficeSection.section());
        assertThat(fresh.model().face().get()).isInstanceOf(SectionModel.Face.Failed.class);
        records.away(false);
        fresh.load();
        assertThat(fresh.model().shown()).hasSize(2);
    }

    @Test
    void aSaveWhileTheServerIsAwayKeepsTheEdit() {
        users.select(row(users, "Ben Okoye"));
        type(users, "name", "Ben O.");
        records.away(true);
        users.save();
        assertThat(users.model().problem().get()).startsWith("The server does not answer.");
        records.away(false);
        users.save();
        assertThat(said).contains("Ben O. is saved.");
    }
}
