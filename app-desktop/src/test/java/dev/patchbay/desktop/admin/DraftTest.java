package dev.patchbay.desktop.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.model.FieldError;
import dev.patchbay.model.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DraftTest {
    private static final List<Input> INPUTS = List.of(
            Input.Line.required("name", 20),
            Input.Line.required("email", 254).shaped(Input.Shape.EMAIL),
            Input.Line.required("password", 100).shaped(Input.Shape.PASSWORD).whenNew(),
            new Input.Count("ring", 5, 120, true),
            new Input.Many("roles", _ -> List.of()));

    private static JsonNode ann(String name, String email, long version, String... roles) {
        return Json.tree(Map.of("name", name, "email", email, "ring", 20, "roles", roles, "version", version));
    }

    private static void type(Draft draft, String field, String text) {
        draft.value(field).set(TextNode.valueOf(text));
    }

    @Test
    void aFieldLeftAloneTakesTheirsAndOneThatBothChangedWaitsForTheUser() {
        Draft draft = new Draft(INPUTS, ann("Ann", "ann@a.test", 1, "Agent"));
        type(draft, "name", "Anna");
        draft.meanwhile(ann("Annie", "ann@b.test", 2, "Agent", "Manager"));
        assertThat(draft.value("name").get().asText()).isEqualTo("Anna");
        assertThat(draft.value("email").get().asText()).isEqualTo("ann@b.test");
        assertThat(draft.value("roles").get()).hasSize(2);
        assertThat(draft.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.yours().asText()).isEqualTo("Anna");
            assertThat(conflict.theirs().asText()).isEqualTo("Annie");
        });
        assertThat(draft.check()).as("saved over an open conflict").isFalse();
        draft.keepMine(draft.conflicts().getFirst());
        assertThat(draft.check()).isTrue();
        assertThat(draft.body().path("version").asLong()).isEqualTo(2);
        assertThat(draft.body().path("name").asText()).isEqualTo("Anna");
    }

    @Test
    void takingTheirsLeavesNothingToSave() {
        Draft draft = new Draft(INPUTS, ann("Ann", "ann@a.test", 1));
        type(draft, "name", "Anna");
        draft.meanwhile(ann("Annie", "ann@a.test", 2));
        draft.takeTheirs(draft.conflicts().getFirst());
        assertThat(draft.value("name").get().asText()).isEqualTo("Annie");
        assertThat(draft.dirty().get()).isFalse();
    }

    @Test
    void theSameChangeByBothIsNoConflict() {
        Draft draft = new Draft(INPUTS, ann("Ann", "ann@a.test", 1));
        type(draft, "name", "Anna");
        draft.meanwhile(ann("Anna", "ann@a.test", 2));
        assertThat(draft.conflicts()).isEmpty();
        assertThat(draft.dirty().get()).isFalse();
    }

    @Test
    void rolesInAnotherOrderAreNoChange() {
        Draft draft = new Draft(INPUTS, ann("Ann", "ann@a.test", 1, "Manager", "Agent"));
        draft.meanwhile(ann("Ann", "ann@a.test", 1, "Agent", "Manager"));
        assertThat(draft.dirty().get()).isFalse();
        assertThat(draft.conflicts()).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidAtItsField() {
        Draft draft = new Draft(INPUTS, null);
        type(draft, "name", "A name that is longer than twenty");
        type(draft, "email", "ann at home");
        draft.value("ring").set(IntNode.valueOf(3));
        assertThat(draft.check()).isFalse();
        assertThat(draft.faults())
                .containsEntry("name", new Draft.Fault.Key("admin.fault.long"))
                .containsEntry("email", new Draft.Fault.Key("admin.fault.email"))
                .containsEntry("password", new Draft.Fault.Key("admin.fault.missing"))
                .containsEntry("ring", new Draft.Fault.Key("admin.fault.number"));
        type(draft, "email", "ann@a.test");
        assertThat(draft.faults()).as("a fault goes as its field is mended").doesNotContainKey("email");
        draft.value("ring").set(NullNode.instance);
        draft.check();
        assertThat(draft.faults()).doesNotContainKey("ring");
    }

    @Test
    void theServersFaultsFindTheirFieldsAlsoInsideOfLists() {
        Draft draft = new Draft(INPUTS, null);
        List<FieldError> others = draft.refuse(List.of(
                new FieldError("roles[0]", "There is no such role.", "X"), new FieldError("moon", "It is full.", "X")));
        assertThat(draft.faults()).containsEntry("roles", new Draft.Fault.Said("There is no such role."));
        assertThat(others).extracting(FieldError::field).containsExactly("moon");
    }

    @Test
    void aFirstPasswordIsSentAsTypedAndIsNoFieldOfAnEntryThatIsThere() {
        Draft draft = new Draft(INPUTS, null);
        type(draft, "password", " with blanks ");
        type(draft, "name", "  Ann  ");
        assertThat(draft.body().path("password").asText()).isEqualTo(" with blanks ");
        assertThat(draft.body().path("name").asText()).isEqualTo("Ann");
        assertThat(new Draft(INPUTS, ann("Ann", "ann@a.test", 1)).body().has("password"))
                .isFalse();
    }

    @Test
    void dottedFieldsAreSentNested() {
        Draft draft = new Draft(List.of(Input.Line.required("administrator.email", 100)), null);
        type(draft, "administrator.email", "eve@b.test");
        assertThat(draft.body().path("administrator").path("email").asText()).isEqualTo("eve@b.test");
    }

    @Test
    void discardingBringsBackWhatWasSeen() {
        Draft draft = new Draft(INPUTS, ann("Ann", "ann@a.test", 1));
        type(draft, "name", "");
        draft.check();
        draft.discard();
        assertThat(draft.value("name").get().asText()).isEqualTo("Ann");
        assertThat(draft.dirty().get()).isFalse();
        assertThat(draft.faults()).isEmpty();
    }
}
