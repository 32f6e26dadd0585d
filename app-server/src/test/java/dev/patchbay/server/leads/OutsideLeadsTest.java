package dev.patchbay.server.leads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Json;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.OfficeId;
import dev.patchbay.model.Role;
import dev.patchbay.model.Tokens;
import dev.patchbay.model.UserView;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestDatabase;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.identity.Users;
import dev.patchbay.server.live.LiveClient;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.StoredEvent;
import dev.patchbay.server.visitor.Until;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Other programs write leads by plain SQL, as psql or a web site does, with two nodes running.
class OutsideLeadsTest {
    private static TestDatabase place;
    private static TestServer one;
    private static TestServer other;
    private static TestServer.TestCompany company;
    private static TestUser agent;

    @BeforeAll
    static void start() {
        place = TestDatabase.fresh(TestDatabase.Kind.POSTGRESQL);
        one = node();
        other = node();
        company = one.company("Acme");
        agent = company.user(Role.MANAGER);
    }

    private static TestServer node() {
        return TestServer.builder()
                .on(place)
                .realTime()
                .with(Setting.JWT_SECRET, "a secret that both of the nodes know")
                .start();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        place.drop();
    }

    private static Connection psql() throws SQLException {
        return DriverManager.getConnection(place.url(), place.user(), place.password());
    }

    private static void run(String sql) throws SQLException {
        try (Connection psql = psql();
                Statement statement = psql.createStatement()) {
            statement.execute(sql);
        }
    }

    /// With the fewest columns that do.
    private static String insert(String name) throws SQLException {
        try (Connection psql = psql();
                Statement statement = psql.createStatement();
                var row = statement.executeQuery("insert into lead (company_id, name, phone) values ('" + company.id()
                        + "', '" + name + "', '+14155550100') returning id")) {
            row.next();
            return row.getString(1);
        }
    }

    private static LiveClient live(TestServer node) {
        return live(node, agent);
    }

    private static LiveClient live(TestServer node, TestUser user) {
        LiveClient client =
                new LiveClient(URI.create(node.url().toString().replaceFirst("^http", "ws") + "/live")).open();
        client.say(Map.of("type", "hello", "token", user.token()));
        client.await("welcome");
        return client;
    }

    private static JsonNode awaitLead(LiveClient client, String type, String id) {
        return client.awaitThat(
                        type + " of " + id,
                        frame -> frame.path("type").asText().equals(type)
                                && frame.at("/data/lead/id").asText().equals(id))
                .at("/data/lead");
    }

    @Test
    void whatAnotherProgramInsertsUpdatesAndDeletesReachesConsolesOnEveryNodeWithinASecond() throws SQLException {
        List<Long> millis = new ArrayList<>();
        try (LiveClient here = live(one);
                LiveClient there = live(other)) {
            for (int i = 0; i < 5; i++) {
                long begin = System.nanoTime();
                String id = insert("From a form");
                for (LiveClient client : List.of(here, there)) {
                    JsonNode lead = awaitLead(client, "lead.created", id);
                    assertThat(lead.path("name").asText()).isEqualTo("From a form");
                    assertThat(lead.path("stage").asText()).isEqualTo("new");
                    assertThat(lead.path("version").asLong()).isEqualTo(1);
                }
                millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());

                begin = System.nanoTime();
                run("update lead set stage = 'won', owner_id = '" + agent.id() + "' where id = '" + id + "'");
                for (LiveClient client : List.of(here, there)) {
                    JsonNode lead = awaitLead(client, "lead.updated", id);
                    assertThat(lead.path("stage").asText()).isEqualTo("won");
                    assertThat(lead.path("ownerName").asText())
                            .isEqualTo(agent.view().name());
                    assertThat(lead.path("version").asLong()).isEqualTo(2);
                }
                millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());

                begin = System.nanoTime();
                run("delete from lead where id = '" + id + "'");
                for (LiveClient client : List.of(here, there)) {
                    awaitLead(client, "lead.deleted", id);
                }
                millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
            }
        }
        millis.sort(null);
        System.out.printf(
                "outside writes to consoles of two nodes: p50 %d ms, most %d ms of %d%n",
                millis.get(millis.size() / 2), millis.getLast(), millis.size());
        assertThat(millis.get(millis.size() * 9 / 10)).isLessThan(1_000);
    }

    @Test
    void whatWasWrittenWhileNoServerRanIsToldAtTheNextStart() throws SQLException {
        TestDatabase own = TestDatabase.fresh(TestDatabase.Kind.POSTGRESQL);
        try (TestServer server = TestServer.builder().on(own).realTime().start()) {
            TestUser user = server.company("Night").user(Role.MANAGER);
            long last = server.database().lastSeq(user.company().id());
            Runnable restart = server.pause();
            try (Connection psql = DriverManager.getConnection(own.url(), own.user(), own.password());
                    Statement statement = psql.createStatement()) {
                for (int i = 0; i < 30; i++) {
                    statement.execute("insert into lead (company_id, name, email) values ('"
                            + user.company().id() + "', 'Night " + i + "', 'n" + i + "@night.test')");
                }
            }
            restart.run();
            Until.happens(
                    "all are told",
                    Duration.ofSeconds(10),
                    () -> server.database().eventsAfter(user.company().id(), last, 100).stream()
                                    .filter(event -> event.type().equals("lead.created"))
                                    .count()
                            == 30);
            List<String> names = server.database().eventsAfter(user.company().id(), last, 100).stream()
                    .filter(event -> event.type().equals("lead.created"))
                    .map(event -> lead(event).path("name").asText())
                    .toList();
            assertThat(names).startsWith("Night 0", "Night 1", "Night 2").endsWith("Night 29");
        } finally {
            own.drop();
        }
    }

    private static JsonNode lead(StoredEvent event) {
        try {
            return Json.MAPPER.readTree(event.payload()).path("lead");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aThousandInsertsAmongOwnChangesAreToldOnceEachInOrderThoughEveryConnectionIsCut() throws Exception {
        long begin = one.database().lastSeq(company.id());
        try (ExecutorService writers = Executors.newFixedThreadPool(6)) {
            List<Future<?>> all = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int number = writer;
                all.add(writers.submit(() -> {
                    try (Connection psql = psql();
                            Statement statement = psql.createStatement()) {
                        for (int i = 0; i < 250; i++) {
                            statement.execute("insert into lead (company_id, name, phone, source) values ('"
                                    + company.id() + "', 'w" + number + "-" + i + "', '+14155550101', 'outside')");
                        }
                    }
                    return null;
                }));
            }
            all.add(writers.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    // One that meets the cut connection answers 503; here only that it happens in between counts.
                    agent.http().post("/leads", Map.of("name", "own " + i, "email", "own" + i + "@acme.test"));
                }
            }));
            all.add(writers.submit(() -> {
                for (int i = 0; i < 3; i++) {
                    int told = i * 200;
                    Until.happens(
                            "some are told",
                            Duration.ofSeconds(20),
                            () -> outside(begin).size() >= told);
                    run("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                            + " and application_name like 'patchbay%'");
                }
                return null;
            }));
            for (Future<?> future : all) {
                future.get();
            }
        }
        Until.happens(
                "all are told", Duration.ofSeconds(20), () -> outside(begin).size() >= 1_000);
        List<JsonNode> told = outside(begin);
        assertThat(told.stream().map(lead -> lead.path("id").asText()).distinct())
                .hasSize(1_000);
        assertThat(told).hasSize(1_000);
        Map<String, Integer> last = new HashMap<>();
        for (JsonNode lead : told) {
            String[] name = lead.path("name").asText().split("-");
            assertThat(Integer.parseInt(name[1]))
                    .as("writer " + name[0])
                    .isEqualTo(last.merge(name[0], 0, (was, _) -> was + 1));
        }
        assertThat(rows("select count(*) from lead_change where company_id = '" + company.id() + "'"))
                .isZero();
    }

    private static List<JsonNode> outside(long after) {
        List<JsonNode> told = new ArrayList<>();
        long cursor = after;
        while (true) {
            List<StoredEvent> page;
            try {
                page = one.database().eventsAfter(company.id(), cursor, 1_000);
            } catch (RuntimeException e) {
                // The reader's connection was among those that were cut.
                assertThat(Database.isAway(e)).as(String.valueOf(e)).isTrue();
                continue;
            }
            for (StoredEvent event : page) {
                cursor = event.seq();
                if (event.type().equals("lead.created")
                        && lead(event).path("name").asText().startsWith("w")) {
                    told.add(lead(event));
                }
            }
            if (page.size() < 1_000) {
                return told;
            }
        }
    }

    private static long rows(String sql) throws SQLException {
        try (Connection psql = psql();
                Statement statement = psql.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aLeadOfTwentyKilobytesComesWhole() throws SQLException {
        try (LiveClient client = live(one)) {
            String id = insert("Long story");
            awaitLead(client, "lead.created", id);
            run("update lead set notes = repeat('n', 9000), fields = jsonb_build_object('story', repeat('s', 11000))"
                    + " where id = '" + id + "'");
            JsonNode lead = awaitLead(client, "lead.updated", id);
            assertThat(lead.path("notes").asText()).hasSize(9_000);
            assertThat(lead.at("/fields/story").asText()).hasSize(11_000);
        }
    }

    @Test
    void valuesThatCannotBeAreRefusedByPostgresInItsOwnWords() throws SQLException {
        TestUser stranger = one.company("Others " + UUID.randomUUID()).user(Role.AGENT);
        String begin = "insert into lead (company_id, name, phone, ";
        String values = "values ('" + company.id() + "', 'Bad', '+14155550100', ";
        refused("23503", begin + "owner_id) " + values + "'" + stranger.id() + "')");
        refused("22001", begin + "stage) " + values + "repeat('s', 41))");
        refused("23514", "insert into lead (company_id, name) values ('" + company.id() + "', 'Unreachable')");
        refused("23514", "insert into lead (company_id, name, email) values ('" + company.id() + "', 'Empty', ' ')");
        refused("23502", begin + "version) " + values + "null)");
        refused("23503", "insert into lead (company_id, name, phone) values (gen_random_uuid(), 'Nobody', '+1')");
        refused("42501", "truncate lead");
    }

    private static void refused(String state, String sql) {
        assertThatThrownBy(() -> run(sql))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).as(sql).isEqualTo(state));
    }

    @Test
    void valuesThatPatchbayDoesNotKnowAreShownAndBreakNothing() throws SQLException {
        String id = insert("Strange");
        run("update lead set stage = 'what is this', tags = '{\"no\": \"list\"}', fields = '[[1, null]]',"
                + " phone = '0800 CALL (ME)', email = ' Mixed@Case.TEST ' where id = '" + id + "'");
        JsonNode lead = agent.http().get("/leads/" + id).json();
        assertThat(lead.path("stage").asText()).isEqualTo("what is this");
        assertThat(lead.path("tags")).isEmpty();
        assertThat(lead.path("fields")).isEmpty();
        assertThat(lead.path("phone").asText()).isEqualTo("0800CALLME");
        assertThat(lead.path("email").asText()).isEqualTo("mixed@case.test");
        assertThat(agent.http().get("/leads?q=strange").status()).isEqualTo(200);
        TestHttp.Reply stale =
                agent.http().put("/leads/" + id, Map.of("name", "Stale", "phone", "+14155550100", "version", 1));
        assertThat(stale.error().code()).isEqualTo("VERSION_CONFLICT");
    }

    @Test
    void theViewsAreWrittenAndReadLikeTables() throws SQLException {
        try (LiveClient client = live(other)) {
            run("insert into combined_leads (company_id, name, email) values ('" + company.id()
                    + "', 'By the view', 'view@acme.test')");
            JsonNode lead = client.awaitThat(
                            "the lead",
                            frame -> frame.at("/data/lead/name").asText().equals("By the view"))
                    .at("/data/lead");
            String id = lead.path("id").asText();
            run("update combined_leads set name = 'Renamed' where id = '" + id + "'");
            assertThat(awaitLead(client, "lead.updated", id).path("name").asText())
                    .isEqualTo("Renamed");
            run("delete from combined_leads where id = '" + id + "'");
            awaitLead(client, "lead.deleted", id);
        }
        assertThat(rows("select count(*) from call_logs")).isZero();
    }

    @Test
    void whoListensIsToldOfOutsideAndOwnChangesAlikeOnceEachAndWithoutTheRow() throws SQLException {
        try (Connection psql = psql();
                Statement statement = psql.createStatement()) {
            statement.execute("listen combined_leads_change");
            String outside = insert("Outside");
            String own = agent.http()
                    .post("/leads", Map.of("name", "Own", "email", "listen@acme.test"))
                    .json()
                    .path("id")
                    .asText();
            agent.http().post("/leads/" + own + "/claim");
            agent.http().delete("/leads/" + own);
            run("delete from lead where id = '" + outside + "'");
            List<String> heard = new ArrayList<>();
            Until.happens("five notices", Duration.ofSeconds(10), () -> {
                heard.addAll(notices(psql, own, outside));
                return heard.size() >= 5;
            });
            // Nothing more comes: what the drain tells of outside changes is no change of Patchbay's.
            heard.addAll(notices(psql, own, outside));
            assertThat(heard)
                    .containsExactlyInAnyOrder(
                            notice("INSERT", outside, 1),
                            notice("DELETE", outside, 1),
                            notice("INSERT", own, 1),
                            notice("UPDATE", own, 2),
                            notice("DELETE", own, 2));
        }
    }

    private static List<String> notices(Connection psql, String... ids) {
        try {
            PGNotification[] heard = psql.unwrap(PGConnection.class).getNotifications(700);
            List<String> texts = new ArrayList<>();
            for (PGNotification one : heard) {
                if (List.of(ids).stream().anyMatch(one.getParameter()::contains)) {
                    texts.add(one.getParameter());
                }
            }
            return texts;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String notice(String op, String id, int version) {
        return "{\"op\":\"%s\",\"id\":\"%s\",\"company\":\"%s\",\"version\":%d}"
                .formatted(op, id, company.id(), version);
    }

    private static TestUser agentOf(String office) {
        String email = "agent@" + office + ".test";
        UserView user = one.identity()
                .users()
                .create(
                        company.id(),
                        new Users.NewUser(
                                "Agent " + office,
                                email,
                                TestServer.PASSWORD,
                                Set.of(Role.AGENT),
                                null,
                                OfficeId.of(office)));
        Tokens tokens =
                one.http().post("/auth/login", Map.of("email", email, "password", TestServer.PASSWORD), Tokens.class);
        return new TestUser(one, company, user, tokens);
    }

    private static String office(String name) {
        return agent.http()
                .post("/offices", Map.of("name", name))
                .json()
                .path("id")
                .asText();
    }

    @Test
    void onlyTheAgentsWhoMaySeeALeadAreToldOfIt() throws SQLException {
        String north = office("North");
        String south = office("South");
        try (LiveClient inNorth = live(one, agentOf(north));
                LiveClient inSouth = live(other, agentOf(south));
                LiveClient everywhere = live(other)) {
            run("insert into lead (company_id, name, phone, office_id) values ('" + company.id()
                    + "', 'For the north', '+14155550100', '" + north + "')");
            run("insert into lead (company_id, name, phone, office_id) values ('" + company.id()
                    + "', 'For the south', '+14155550100', '" + south + "')");
            awaitNamed(inNorth, "For the north");
            awaitNamed(everywhere, "For the south");
            // The first was told before the second: what came here is the second alone.
            JsonNode frame = inSouth.awaitThat(
                    "a lead", sent -> sent.path("type").asText().equals("lead.created"));
            assertThat(frame.at("/data/lead/name").asText()).isEqualTo("For the south");
            // Moved to the south: told to those who had it and to those who have it now.
            run("update lead set office_id = '" + south + "' where name = 'For the north'");
            awaitNamed(inSouth, "For the north");
            awaitNamed(inNorth, "For the north");
        }
    }

    private static void awaitNamed(LiveClient client, String name) {
        client.awaitThat(name, frame -> frame.at("/data/lead/name").asText().equals(name));
    }

    @Test
    void aLeadThatPatchbayRemovedBeforeItWasToldDoesNotComeBack() throws SQLException {
        TestDatabase own = TestDatabase.fresh(TestDatabase.Kind.POSTGRESQL);
        CompanyId acme = CompanyId.fresh();
        LeadId removed = LeadId.fresh();
        LeadId gone = LeadId.fresh();
        try (Database database = Database.open(own.address(3), InstantSource.system());
                OutsideLeads outside = new OutsideLeads(database);
                Connection psql = DriverManager.getConnection(own.url(), own.user(), own.password());
                Statement statement = psql.createStatement()) {
            statement.execute(
                    "insert into company (id, slug, name, region) values ('" + acme + "', 'acme', 'Acme', 'US')");
            statement.execute("insert into event_counter values ('" + acme + "', 0)");
            for (LeadId lead : List.of(removed, gone)) {
                statement.execute("insert into lead (company_id, id, name, phone) values ('" + acme + "', '" + lead
                        + "', 'X', '+14155550100')");
            }
            database.change(acme, transaction -> LeadTable.delete(transaction, removed));
            statement.execute("delete from lead where id = '" + gone + "'");
            assertThat(outside.drain()).isEqualTo(3);
            assertThat(database.eventsAfter(acme, 0, 10).stream().map(event -> event.type() + " " + event.subject()))
                    .containsExactly("lead.created " + gone, "lead.deleted " + gone);
            assertThat(outside.drain()).isZero();
        } finally {
            own.drop();
        }
    }
}
