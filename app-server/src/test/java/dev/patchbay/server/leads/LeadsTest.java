package dev.patchbay.server.leads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Caller;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestCompany;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.live.LiveClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeadsTest {
    private TestServer server;
    private TestCompany acme;
    private TestUser agent;
    private TestUser manager;

    @BeforeEach
    void start() {
        server = TestServer.start();
        acme = server.company("Acme");
        agent = acme.user(Role.AGENT);
        manager = acme.user(Role.MANAGER);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, Object> person(String name, String phone) {
        return Map.of("name", name, "phone", phone);
    }

    private Lead create(String name, String phone) {
        return agent.http().post("/leads", person(name, phone), Lead.class);
    }

    @Test
    void aLeadNeedsANameAndAWayToReachIt() {
        assertThat(agent.http().post("/leads", Map.of("name", "Ann")).error().errors())
                .extracting("field")
                .containsExactly("phone");
        TestHttp.Reply both = agent.http().post("/leads", Map.of("name", " ", "phone", "12", "email", "nobody"));
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.error().errors()).extracting("field").contains("phone", "email", "name");
    }

    @Test
    void aNumberIsKeptInE164AsTheCompanysCountryReadsIt() {
        assertThat(create("Ann", "(202) 555-0123").phone()).isEqualTo("+12025550123");
        TestUser german = server.company("Beispiel", "DE").user(Role.AGENT);
        assertThat(german.http()
                        .post("/leads", person("Jörg", "030 123456"), Lead.class)
                        .phone())
                .isEqualTo("+4930123456");
    }

    @Test
    void whatIsTooMuchIsRefusedAndNamed() {
        Map<String, String> fields =
                IntStream.range(0, 51).boxed().collect(Collectors.toMap(i -> "field" + i, String::valueOf));
        List<String> tags = IntStream.range(0, 21).mapToObj(i -> "tag" + i).toList();
        TestHttp.Reply reply = agent.http()
                .post(
                        "/leads",
                        Map.of(
                                "name",
                                "x".repeat(201),
                                "email",
                                "ann@example.test",
                                "tags",
                                tags,
                                "fields",
                                fields,
                                "notes",
                                "x".repeat(10_001)));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors()).extracting("field").contains("name", "tags", "fields", "notes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<b>Ann</b>", "\u202Enna", "O'Hara\"; drop table lead; --", "%_!", "李小龍 😀"})
    void aHostileNameComesBackAsItWas(String name) {
        Lead lead = create(name, "+12025550100");
        assertThat(agent.http().get("/leads/" + lead.id(), Lead.class).name()).isEqualTo(name);
        assertThat(found("q", name)).containsExactly(lead.id());
    }

    @Test
    void aZeroByteIsRefused() {
        assertThat(agent.http()
                        .post("/leads", person("a\u0000b", "+12025550100"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aSecondLeadWithTheSameNumberIsMadeAndTheFirstIsNamed() {
        Lead first = create("Ann", "+12025550100");
        JsonNode second =
                agent.http().post("/leads", person("Ann again", "+12025550100")).json();
        assertThat(second.path("duplicates").get(0).asText())
                .isEqualTo(first.id().toString());
        assertThat(second.path("name").asText()).isEqualTo("Ann again");
    }

    @Test
    void theListIsPagedNewestFirstAndNewLeadsDoNotShiftIt() {
        List<LeadId> made = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            server.clock().tick(Duration.ofMillis(i % 3));
            made.add(create("Lead " + i, "+12025550100").id());
        }
        List<LeadId> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = agent.http().get("/leads?limit=10&view=all" + after).json();
            page.path("items")
                    .forEach(lead -> seen.add(LeadId.of(lead.path("id").asText())));
            assertThat(page.path("asOf").asLong()).isGreaterThanOrEqualTo(25);
            create("Later", "+12025550199");
            after = page.path("next").isNull()
                    ? null
                    : "&after=" + page.path("next").asText();
        } while (after != null);
        assertThat(seen).containsExactlyElementsOf(made.reversed());
        assertThat(agent.http().get("/leads?after=nonsense").status()).isEqualTo(400);
        assertThat(agent.http().get("/leads?view=other").status()).isEqualTo(400);
    }

    private List<LeadId> found(String key, String value) {
        List<LeadId> ids = new ArrayList<>();
        agent.http()
                .get("/leads?" + key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
                .json()
                .path("items")
                .forEach(lead -> ids.add(LeadId.of(lead.path("id").asText())));
        return ids;
    }

    @Test
    void searchLooksIntoNamePhoneAndEmailWhateverTheCase() {
        LeadId ann = create("Ann Example", "+12025550101").id();
        LeadId bob = agent.http()
                .post("/leads", Map.of("name", "Bob", "email", "Bob@Example.test", "source", "web"), Lead.class)
                .id();
        assertThat(found("q", "aNN")).containsExactly(ann);
        assertThat(found("q", "EXAMPLE")).containsExactlyInAnyOrder(ann, bob);
        assertThat(found("q", "(202) 555-0101")).containsExactly(ann);
        assertThat(found("q", "%")).isEmpty();
        assertThat(found("source", "web")).containsExactly(bob);
        assertThat(found("stage", "new")).hasSize(2);
        assertThat(found("view", "mine")).isEmpty();
        agent.http().post("/leads/" + ann + "/claim", Map.of(), Lead.class);
        assertThat(found("view", "mine")).containsExactly(ann);
        assertThat(found("view", "tank")).containsExactly(bob);
    }

    @Test
    void aChangeThatSawAnOldVersionIsToldTheCurrentOne() {
        Lead lead = create("Ann", "+12025550100");
        Map<String, Object> change = Map.of("version", 1, "name", "Ann B.", "phone", "+12025550100");
        Lead changed = agent.http().put("/leads/" + lead.id(), change).as(Lead.class);
        assertThat(changed.version()).isEqualTo(2);
        TestHttp.Reply stale = manager.http().put("/leads/" + lead.id(), change);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.error().code()).isEqualTo("VERSION_CONFLICT");
        assertThat(stale.json().path("details").path("current").path("name").asText())
                .isEqualTo("Ann B.");
    }

    @Test
    void aLostClaimTellsTheOwnerAndTheNextLead() {
        Lead next = create("Next", "+12025550102");
        Lead wanted = create("Wanted", "+12025550101");
        agent.http().post("/leads/" + wanted.id() + "/claim", Map.of(), Lead.class);
        assertThat(agent.http()
                        .post("/leads/" + wanted.id() + "/claim", Map.of(), Lead.class)
                        .version())
                .isEqualTo(2);
        TestHttp.Reply lost = manager.http().post("/leads/" + wanted.id() + "/claim", Map.of());
        assertThat(lost.status()).isEqualTo(409);
        assertThat(lost.error().code()).isEqualTo("LEAD_ALREADY_CLAIMED");
        JsonNode details = lost.json().path("details");
        assertThat(details.path("owner").path("id").asText())
                .isEqualTo(agent.id().toString());
        assertThat(details.path("owner").path("name").asText())
                .isEqualTo(agent.view().name());
        assertThat(details.path("next").path("id").asText()).isEqualTo(next.id().toString());
    }

    @Test
    void anAgentReleasesItsOwnLeadsAndAManagerEverybodys() {
        TestUser other = acme.user(Role.AGENT);
        Lead lead = create("Ann", "+12025550100");
        assertThat(agent.http()
                        .post("/leads/" + lead.id() + "/assign", Map.of("userId", agent.id()))
                        .status())
                .isEqualTo(403);
        Lead given = manager.http().post("/leads/" + lead.id() + "/assign", Map.of("userId", agent.id()), Lead.class);
        assertThat(given.ownerId()).isEqualTo(agent.id());
        assertThat(given.ownerName()).isEqualTo(agent.view().name());
        assertThat(other.http()
                        .post("/leads/" + lead.id() + "/release", Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(agent.http()
                        .post("/leads/" + lead.id() + "/release", Map.of(), Lead.class)
                        .ownerId())
                .isNull();
        TestUser foreign = server.company("Other").user(Role.AGENT);
        assertThat(manager.http()
                        .post("/leads/" + lead.id() + "/assign", Map.of("userId", foreign.id()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anotherCompanysLeadIsAbsent() {
        Lead lead = create("Ann", "+12025550100");
        TestUser foreign = server.company("Other").user(Role.MANAGER);
        String path = "/leads/" + lead.id();
        assertThat(foreign.http().get(path).status()).isEqualTo(404);
        assertThat(foreign.http()
                        .put(path, Map.of("version", 1, "name", "x", "phone", "+12025550100"))
                        .status())
                .isEqualTo(404);
        for (String action : List.of("/claim", "/release")) {
            assertThat(foreign.http().post(path + action, Map.of()).status()).isEqualTo(404);
        }
        assertThat(foreign.http().post(path + "/stage", Map.of("stage", "won")).status())
                .isEqualTo(404);
        assertThat(foreign.http().delete(path).status()).isEqualTo(404);
        assertThat(foreign.http().get("/leads").json().path("items")).isEmpty();
        assertThat(agent.http().get("/leads/nonsense").status()).isEqualTo(404);
    }

    /// 50 clients run for 100 leads: each lead one owner, none left, none twice.
    @Test
    void fiftyClientsClaimAHundredLeadsAndEachHasOneOwner() throws InterruptedException {
        List<LeadId> leads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            leads.add(create("Lead " + i, "+12025550100").id());
        }
        List<TestUser> users =
                IntStream.range(0, 50).mapToObj(i -> acme.user(Role.AGENT)).toList();
        Map<LeadId, Set<String>> winners = new java.util.concurrent.ConcurrentHashMap<>();
        java.util.concurrent.atomic.AtomicInteger lost = new java.util.concurrent.atomic.AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (TestUser user : users) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (LeadId lead : leads) {
                    TestHttp.Reply reply = user.http().post("/leads/" + lead + "/claim", Map.of());
                    if (reply.status() == 200) {
                        winners.computeIfAbsent(lead, _ -> java.util.concurrent.ConcurrentHashMap.newKeySet())
                                .add(user.id().toString());
                    } else {
                        assertThat(reply.error().code()).isEqualTo("LEAD_ALREADY_CLAIMED");
                        lost.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(winners).hasSize(100).allSatisfy((_, owners) -> assertThat(owners)
                .hasSize(1));
        assertThat(lost).hasValue(4_900);
        Set<String> kept = new HashSet<>();
        for (LeadId lead : leads) {
            Lead now = agent.http().get("/leads/" + lead, Lead.class);
            assertThat(winners.get(lead)).containsExactly(String.valueOf(now.ownerId()));
            assertThat(now.version()).isEqualTo(2);
            kept.add(lead.toString());
        }
        assertThat(kept).hasSize(100);
    }

    @Test
    void theCallersLeadIsFoundByItsNumber() {
        create("Ann", "+12025550100");
        Lead touched = create("Ann at work", "+12025550100");
        Leads leads = new Leads(server.database());
        server.clock().tick(Duration.ofMinutes(1));
        agent.http().post("/leads/" + touched.id() + "/stage", Map.of("stage", "contacted"), Lead.class);
        Optional<Lead> known = server.database()
                .read(acme.id(), transaction -> leads.match(transaction, new Caller("?", "+12025550100")));
        assertThat(known).map(Lead::id).contains(touched.id());
        Optional<Lead> hidden =
                server.database().read(acme.id(), transaction -> leads.match(transaction, new Caller("?", null)));
        assertThat(hidden).isEmpty();
    }

    /// What an outside program has to give.
    @Test
    void aLeadInsertedBySqlHasDefaults() {
        server.database()
                .acrossCompanies(handle -> handle.execute(
                        "insert into lead (company_id, name, phone) values (?, 'From PHP', '+12025550107')",
                        acme.id().value()));
        List<LeadId> ids = found("q", "php");
        assertThat(ids).hasSize(1);
        Lead lead = agent.http().get("/leads/" + ids.getFirst(), Lead.class);
        assertThat(lead.stage()).isEqualTo("new");
        assertThat(lead.version()).isEqualTo(1);
        assertThat(lead.tags()).isEmpty();
    }

    private LiveClient live(TestUser user) {
        URI uri = URI.create(server.url().toString().replace("http:", "ws:") + "/live");
        LiveClient client = new LiveClient(uri).open();
        client.say(Map.of("type", "hello", "token", user.token()));
        client.await("welcome");
        return client;
    }

    @Test
    void consolesDoEverythingLiveAndSeeWhatOthersDo() {
        LiveClient console = live(agent);
        LiveClient watcher = live(manager);
        LiveClient student = live(acme.user(Role.STUDENT));

        JsonNode made =
                console.ask("lead.create", person("Ann", "+12025550100")).path("data");
        String id = made.path("id").asText();
        assertThat(watcher.await("lead.created")
                        .path("data")
                        .path("lead")
                        .path("id")
                        .asText())
                .isEqualTo(id);
        console.ask("lead.update", Map.of("lead", id, "version", 1, "name", "Ann B.", "phone", "+12025550100"));
        assertThat(watcher.await("lead.updated")
                        .path("data")
                        .path("lead")
                        .path("name")
                        .asText())
                .isEqualTo("Ann B.");
        console.ask("lead.claim", Map.of("lead", id));
        assertThat(watcher.await("lead.claimed")
                        .path("data")
                        .path("lead")
                        .path("ownerId")
                        .asText())
                .isEqualTo(agent.id().toString());
        assertThat(watcher.ask("lead.claim", Map.of("lead", id))
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("LEAD_ALREADY_CLAIMED");
        console.ask("lead.stage", Map.of("lead", id, "stage", "won"));
        assertThat(watcher.await("lead.stageChanged")
                        .path("data")
                        .path("lead")
                        .path("stage")
                        .asText())
                .isEqualTo("won");
        console.ask("lead.release", Map.of("lead", id));
        watcher.await("lead.released");
        assertThat(console.ask("lead.delete", Map.of("lead", id))
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("FORBIDDEN");
        watcher.ask("lead.delete", Map.of("lead", id));
        console.await("lead.deleted");
        assertThat(console.ask("lead.claim", Map.of("lead", id))
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("NOT_FOUND");
        student.ask("ping", null);
        assertThat(student.drain()).isEmpty();
    }

    @Test
    void aClaimSentAgainIsAnsweredAsTheFirstTime() {
        Lead lead = create("Ann", "+12025550100");
        LiveClient console = live(agent);
        String id = UUID.randomUUID().toString();
        JsonNode first = console.ask("lead.claim", id, Map.of("lead", lead.id()));
        manager.http().post("/leads/" + lead.id() + "/release", Map.of(), Lead.class);
        assertThat(console.ask("lead.claim", id, Map.of("lead", lead.id()))).isEqualTo(first);
        assertThat(agent.http().get("/leads/" + lead.id(), Lead.class).ownerId())
                .isNull();
    }

    @Test
    void signingOutClosesTheSocket() {
        LiveClient console = live(agent);
        agent.http().post("/auth/logout", Map.of());
        assertThat(console.awaitClose()).isEqualTo(4001);
    }
}
