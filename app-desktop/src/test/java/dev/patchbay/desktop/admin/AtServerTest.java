package dev.patchbay.desktop.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.desktop.session.Desk;
import dev.patchbay.desktop.session.Errands;
import dev.patchbay.desktop.session.PretendServer;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.Json;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sections at the companion server itself.
class AtServerTest {
    private static TestServer server;
    private static int companies;
    private final List<String> said = new ArrayList<>();
    private Desk desk;
    private Session session;
    private TestServer.TestUser eve;
    private TestServer.TestUser ann;

    @BeforeEach
    void signIn(@TempDir Path folder) {
        Words.speak(Locale.ENGLISH);
        String place = "acme" + ++companies + ".test";
        TestServer.TestCompany acme = server.company("Acme " + companies);
        eve = acme.user("Eve", "eve@" + place, Role.ADMIN);
        ann = acme.user("Ann", "ann@" + place, Role.AGENT);
        desk = new Desk(folder);
        session = desk.signIn.signIn(PretendServer.at(server.url().getPort()), eve.email(), TestServer.PASSWORD);
    }

    @AfterEach
    void end() {
        session.close();
        desk.close();
    }

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private SectionController open(Section section) {
        SectionController made = new SectionController(
                section,
                new Errands(session.api().rest(), Runnable::run, Runnable::run),
                (_, sentence, _, _) -> said.add(sentence));
        made.load();
        return made;
    }

    private static JsonNode row(SectionController of, String name) {
        return of.model().shown().stream()
                .filter(row -> row.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(name + " is not among " + of.model().shown()));
    }

    private static Draft draft(SectionController of) {
        return Objects.requireNonNull(of.model().draft().get());
    }

    private static void type(SectionController in, String field, String text) {
        draft(in).value(field).set(TextNode.valueOf(text));
    }

    @Test
    void aUserIsAddedChangedAndSwitchedOff() {
        SectionController users = open(UserSection.section());
        users.create();
        type(users, "name", "Nina Brandt");
        type(users, "email", "nina@acme.test");
        type(users, "password", "a long enough passphrase");
        draft(users).value("roles").set(Json.tree(List.of("Agent")));
        users.save();
        assertThat(said).containsExactly("Nina Brandt was added.");
        type(users, "name", "Nina Brandt-Ruiz");
        users.save();
        draft(users).value("active").set(com.fasterxml.jackson.databind.node.BooleanNode.FALSE);
        users.save();
        assertThat(row(users, "Nina Brandt-Ruiz").path("active").asBoolean()).isFalse();
        assertThat(users.model().problem().get()).isEmpty();
    }

    @Test
    void aChangeBySomebodyElseIsSeenBeforeItIsOverwritten() {
        SectionController users = open(UserSection.section());
        users.select(row(users, "Ann"));
        type(users, "name", "Anna");
        assertThat(eve.http()
                        .put("/users/" + ann.id(), Map.of("name", "Annie", "version", 1))
                        .status())
                .isEqualTo(200);
        users.save();
        assertThat(draft(users).conflicts())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.theirs().asText()).isEqualTo("Annie"));
        draft(users).keepMine(draft(users).conflicts().getFirst());
        users.save();
        assertThat(row(users, "Anna")).isNotNull();
    }

    @Test
    void aWeakPasswordIsSaidAtItsField() {
        SectionController users = open(UserSection.section());
        users.create();
        type(users, "name", "Nina");
        type(users, "email", "nina@acme.test");
        type(users, "password", "short");
        users.save();
        assertThat(draft(users).faults()).containsKey("password");
    }

    @Test
    void aQueueIsMadeWithItsAgentsAndTheyAreThereAgain() {
        SectionController queues = open(QueueSection.section());
        queues.create();
        type(queues, "name", "Support");
        draft(queues).value("userIds").set(Json.tree(List.of(ann.id().toString())));
        queues.save();
        assertThat(queues.model().problem().get()).isEmpty();
        SectionController again = open(QueueSection.section());
        again.select(row(again, "Support"));
        assertThat(draft(again).value("userIds").get())
                .extracting(JsonNode::asText)
                .containsExactly(ann.id().toString());
    }

    @Test
    void outcomesAndBreakReasonsAreAdded() {
        for (Section section : List.of(NameSections.outcomes(), NameSections.breakReasons())) {
            SectionController names = open(section);
            names.create();
            type(names, "name", "Something new");
            names.save();
            assertThat(row(open(section), "Something new")).isNotNull();
        }
    }

    @Test
    void aCompanyIsFoundedWithItsAdministrator() {
        SectionController companies = open(CompanySection.section());
        companies.create();
        type(companies, "name", "Windhaus");
        type(companies, "region", "AT");
        type(companies, "administrator.name", "Wim");
        type(companies, "administrator.email", "wim@windhaus.test");
        type(companies, "administrator.password", "a long enough passphrase");
        companies.save();
        assertThat(companies.model().problem().get()).isEmpty();
        JsonNode made = row(open(CompanySection.section()), "Windhaus");
        assertThat(made.path("region").asText()).isEqualTo("AT");
        String licence = "/companies/" + made.path("id").asText() + "/license";
        session.api().rest().put(licence, Map.of("plan", "Team", "seats", 25));
        assertThat(session.api().rest().get(licence).path("seats").asInt()).isEqualTo(25);
    }

    @Test
    void anOfficeIsMadeAUserPutIntoItAndOutAgain() {
        SectionController offices = open(OfficeSection.section());
        offices.create();
        type(offices, "name", "Cologne");
        type(offices, "timeZone", "Europe/Berlin");
        offices.save();
        String office = row(offices, "Cologne").path("id").asText();
        SectionController users = open(UserSection.section());
        users.select(row(users, "Ann"));
        type(users, "officeId", office);
        users.save();
        assertThat(users.words("officeId", row(users, "Ann").path("officeId"))).isEqualTo("Cologne");
        offices.select(row(offices, "Cologne"));
        offices.removeNow(Objects.requireNonNull(draft(offices).seen().get()));
        assertThat(offices.model().problem().get()).isEqualTo("People belong to this office. Move them first.");
        draft(users).value("officeId").set(com.fasterxml.jackson.databind.node.NullNode.instance);
        users.save();
        offices.removeNow(Objects.requireNonNull(draft(offices).seen().get()));
        assertThat(open(OfficeSection.section()).model().shown()).isEmpty();
    }

    @Test
    void usersComeFromATableAllOrNone(@TempDir Path folder) throws java.io.IOException {
        ImportController imports =
                new ImportController(new Errands(session.api().rest(), Runnable::run, Runnable::run));
        Path table = folder.resolve("people.csv");
        java.nio.file.Files.writeString(
                table, "name;email;roles\nNina;nia@acme.test;Agent\nAnn;" + ann.email() + ";Agent\n");
        imports.choose(table);
        assertThat(imports.step().get()).isInstanceOfSatisfying(ImportController.Step.Preview.class, preview -> {
            assertThat(preview.result().added()).isZero();
            assertThat(preview.result().refused()).singleElement().satisfies(line -> {
                assertThat(line.number()).isEqualTo(3);
                assertThat(line.wrong()).isNotBlank();
            });
        });
        java.nio.file.Files.writeString(
                table, "name;email;roles\nNina;nia@acme.test;Agent\nOmar;omar@acme.test;Agent, Manager\n");
        imports.choose(table);
        assertThat(imports.step().get()).isInstanceOfSatisfying(ImportController.Step.Preview.class, imports::go);
        assertThat(imports.step().get()).isInstanceOfSatisfying(ImportController.Step.Done.class, done -> assertThat(
                        done.result().added())
                .isEqualTo(2));
        assertThat(row(open(UserSection.section()), "Omar").path("roles")).hasSize(2);
    }

    @Test
    void anAccountIsGivenAPasswordSeenAndOffBoarded() {
        var wire = session.api().rest();
        String path = "/users/" + ann.id();
        assertThat(wire.get(path + "/sessions").path("items")).isNotEmpty();
        assertThat(wire.post(path + "/reset-password", Map.of())
                        .path("password")
                        .asText())
                .hasSizeGreaterThan(8);
        wire.delete(path + "/sessions");
        assertThat(wire.get(path + "/sessions").path("items")).isEmpty();
        var nobody = Json.MAPPER.createObjectNode().putNull("leadsTo");
        JsonNode left = wire.post(path + "/offboard", nobody);
        assertThat(left.path("leadsMoved").isNumber()).isTrue();
        assertThat(left.path("sessionsEnded").isNumber()).isTrue();
        assertThat(row(open(UserSection.section()), "Ann").path("active").asBoolean())
                .isFalse();
    }

    @Test
    void rolesAreShownWithWhatTheyMayDo() {
        SectionController roles = open(RoleSection.section());
        assertThat(roles.model().shown()).hasSize(Role.values().length);
        assertThat(roles.model().shown()).extracting(roles::name).contains("Admin", "Receptionist");
    }

    @Test
    void whatWasDoneStandsInTheAuditLogWhichIsWhole() {
        SectionController users = open(UserSection.section());
        users.select(row(users, "Ann"));
        type(users, "name", "Anna");
        users.save();
        AuditController audit = new AuditController(new Errands(session.api().rest(), Runnable::run, Runnable::run));
        audit.load();
        assertThat(audit.rows()).anySatisfy(row -> {
            assertThat(row.who()).isEqualTo("Eve");
            assertThat(row.action()).isEqualTo("User changed");
            assertThat(row.details()).contains(Map.entry("name", "Ann → Anna"));
        });
        audit.verify();
        assertThat(audit.checked().get()).isNotNull().satisfies(check -> {
            assertThat(check.ok()).isTrue();
            assertThat(check.rows()).isPositive();
        });
        audit.filter().set(new AuditController.Filter("", "", "queue", null, null));
        audit.load();
        assertThat(audit.rows()).noneMatch(row -> row.action().equals("User changed"));
    }
}
