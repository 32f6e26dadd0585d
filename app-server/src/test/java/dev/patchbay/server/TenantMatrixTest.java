package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.model.Json;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.http.Route;
import dev.patchbay.server.live.LiveClient;
import dev.patchbay.server.live.LiveCommand;
import dev.patchbay.server.store.Database;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Every route and every live command with every kind of id of another company, in the path, in the query and in the
/// body: the answer is the one to an id that there is not, to the letter, and nothing of the other company changes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantMatrixTest {
    private static final String ABSENT = "0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000";
    private static final Pattern PARAMETER = Pattern.compile("[?&](\\w+)=");
    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private TestServer server;
    private TestUser theirs;
    private TestUser ours;
    private int combinations;

    @BeforeAll
    void start() {
        server = TestServer.start();
        theirs = fill("Theirs");
        ours = fill("Ours");
        prepare(server.database());
    }

    /// Before the requests, once the companies are there.
    void prepare(Database database) {}

    @AfterAll
    void stop() {
        server.close();
    }

    /// A company with a row in as many tables as the API can fill.
    private TestUser fill(String name) {
        TestServer.TestCompany company = server.company(name);
        TestUser manager = company.user(Role.MANAGER);
        TestUser agent = company.user(Role.AGENT);
        TestHttp http = manager.http();
        http.post("/leads", Map.of("name", name + " secret lead", "phone", "+14155550177"));
        http.post("/offices", Map.of("name", name + " secret office"));
        http.post("/skills", Map.of("name", "skill"));
        http.post("/dispositions", Map.of("name", name + " secret disposition"));
        http.post("/break-reasons", Map.of("name", name + " secret reason"));
        http.post("/api-keys", Map.of("name", name + " secret key", "scopes", List.of("leads.view")));
        agent.http().get("/agents");
        server.http().post("/visitor/" + company.slug() + "/calls", Map.of("name", name + " secret caller"));
        return manager;
    }

    /// One id of each table, and what it is of.
    private Map<String, String> ids(TestUser of) {
        return server.database().acrossCompanies(handle -> {
            Map<String, String> ids = new TreeMap<>();
            ids.put("company", of.company().id().toString());
            List<String> tables = handle.createQuery("""
                            select lower(a.table_name) from information_schema.columns a
                            join information_schema.columns b
                              on b.table_name = a.table_name and b.table_schema = a.table_schema
                            where lower(a.column_name) = 'id' and lower(b.column_name) = 'company_id'
                              and upper(a.data_type) = 'UUID' and lower(a.table_schema) = 'public'
                            """).mapTo(String.class).list();
            for (String table : tables) {
                handle.createQuery("select cast(id as varchar) from " + table
                                + " where company_id = :id order by 1 limit 1")
                        .bind("id", of.company().id().value())
                        .mapTo(String.class)
                        .findOne()
                        .ifPresent(id -> ids.put(table, id));
            }
            return ids;
        });
    }

    private List<Route> guarded() {
        return server.routes().stream()
                .filter(route -> !(route.access() instanceof Access.Anybody))
                .toList();
    }

    @Test
    void everyForeignIdAnswersAsOneThatThereIsNot() {
        Map<String, String> foreign = ids(theirs);
        Map<String, String> own = ids(ours);
        assertThat(foreign).hasSizeGreaterThan(8);
        List<String> before = rows();
        List<String> leaks = new ArrayList<>();
        for (Route route : guarded()) {
            if (route.path().contains("{")) {
                for (String id : foreign.values()) {
                    compare(leaks, route, id, id);
                }
            }
            if (route.body() != null && Sample.namesThings(route.body())) {
                for (String id : foreign.values()) {
                    compare(leaks, route, own(route, own), id);
                }
            }
            for (String parameter : parameters(route)) {
                for (String table : List.of("app_user", "office", "queue", "company")) {
                    String id = foreign.getOrDefault(table, ABSENT);
                    compareQuery(leaks, route, parameter, id);
                }
            }
        }
        assertThat(leaks).as(String.join("\n", leaks)).isEmpty();
        assertThat(rows()).isEqualTo(before);
        System.out.printf(
                "tenant matrix (%s): %d combinations of route, place and foreign id answered as if absent%n",
                getClass().getSimpleName(), combinations);
    }

    /// The id of an own thing that fits a path.
    private static String own(Route route, Map<String, String> own) {
        String first = route.path().split("/")[1];
        String table =
                switch (first) {
                    case "users", "agents" -> "app_user";
                    case "break-reasons" -> "break_reason";
                    case "api-keys" -> "api_key";
                    case "companies" -> "company";
                    default -> first.endsWith("s") ? first.substring(0, first.length() - 1) : first;
                };
        return own.getOrDefault(table, ABSENT);
    }

    private static List<String> parameters(Route route) {
        List<String> names = new ArrayList<>();
        if (route.method() == Route.Method.GET) {
            Matcher matcher = PARAMETER.matcher(route.summary());
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    /// @param path the id in the path
    /// @param body the id in the body
    private void compare(List<String> leaks, Route route, String path, String body) {
        String absentPath = path.equals(body) ? ABSENT : path;
        TestHttp.Reply absent = ask(route, absentPath, ABSENT);
        TestHttp.Reply reply = ask(route, path, body);
        judge(leaks, route.method() + " " + route.path() + " with " + body, body, absent, reply);
        if (path.equals(body) && reply.status() < 300) {
            leaks.add(route.method() + " " + route.path() + " succeeded with a foreign id");
        }
    }

    private TestHttp.Reply ask(Route route, String path, String body) {
        String address = route.path().replaceAll("\\{\\w+}", path);
        return ours.http()
                .send(route.method().name(), address, route.body() == null ? null : body(route.body(), address, body));
    }

    /// With the version that the thing has, where there is one: what one request changed is not in the next one's way.
    private Object body(Class<?> type, String address, String id) {
        JsonNode body = Json.tree(Sample.of(type, id));
        if (body.has("version") && body instanceof ObjectNode fields) {
            TestHttp.Reply now = ours.http().get(address);
            if (now.status() == 200) {
                fields.put("version", now.json().path("version").asLong());
            }
        }
        return body;
    }

    private void compareQuery(List<String> leaks, Route route, String parameter, String id) {
        String path = route.path().replaceAll("\\{\\w+}", ours.company().id().toString());
        TestHttp.Reply absent = ours.http().get(path + "?" + parameter + "=" + ABSENT);
        TestHttp.Reply reply = ours.http().get(path + "?" + parameter + "=" + id);
        judge(leaks, "GET " + path + "?" + parameter + "=" + id, id, absent, reply);
    }

    private void judge(List<String> leaks, String what, String id, TestHttp.Reply absent, TestHttp.Reply reply) {
        combinations++;
        String expected = absent.status() + " " + normal(absent.text(), ABSENT);
        String got = reply.status() + " " + normal(reply.text(), id);
        if (!expected.equals(got)) {
            leaks.add(what + "\n   answered " + got + "\n   absent   " + expected);
        }
        if (reply.text().contains("Theirs") || reply.text().contains(theirs.email())) {
            leaks.add(what + " shows " + reply.text());
        }
        // 401 FOREIGN_SESSION is how a route answers; without a token nothing would be asked at all.
        if (reply.text().contains("UNAUTHENTICATED") || reply.status() == 429 || reply.status() >= 500) {
            leaks.add(what + " proves nothing: " + reply.status() + " " + reply.text());
        }
    }

    /// Without what differs from answer to answer.
    private static String normal(String text, String id) {
        return UUIDS.matcher(text.replace(id, "ID"))
                .replaceAll("UUID")
                .replaceAll("\"(asOf|seq|version)\":\\d+", "\"$1\":0")
                .replaceAll("\"next\":\"[^\"]*\"", "\"next\":\"…\"");
    }

    /// All rows of the other company, as text.
    private List<String> rows() {
        return server.database().acrossCompanies(handle -> {
            List<String> rows = new ArrayList<>();
            List<String> tables = handle.createQuery("""
                            select distinct lower(table_name) from information_schema.columns
                            where lower(column_name) = 'company_id' and lower(table_schema) = 'public'
                            """).mapTo(String.class).list();
            for (String table : tables) {
                handle.createQuery("select * from " + table + " where company_id = :id")
                        .bind("id", theirs.company().id().value())
                        .mapToMap()
                        .forEach(row -> rows.add(table + new TreeMap<>(row)));
            }
            rows.sort(null);
            return rows;
        });
    }

    private LiveClient live(TestUser user, Map<String, Object> more) {
        LiveClient client =
                new LiveClient(URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live")).open();
        Map<String, Object> hello = new LinkedHashMap<>(Map.of("type", "hello", "token", user.token()));
        hello.putAll(more);
        client.say(hello);
        client.await("welcome");
        return client;
    }

    @Test
    void everyLiveCommandWithAForeignIdAnswersAsWithOneThatThereIsNot() {
        List<String> before = rows();
        List<String> leaks = new ArrayList<>();
        int asked = 0;
        for (LiveCommand<?> command : server.server().hub().commands()) {
            if (!Sample.namesThings(command.body())) {
                continue;
            }
            // A socket for each, below the limit of commands a second.
            try (LiveClient client = live(ours, Map.of())) {
                JsonNode absent = client.ask(command.type(), Sample.of(command.body(), ABSENT));
                for (String id : ids(theirs).values()) {
                    JsonNode answer = client.ask(command.type(), Sample.of(command.body(), id));
                    asked++;
                    if (!shape(answer, id).equals(shape(absent, ABSENT))) {
                        leaks.add(command.type() + " answered " + answer + " and not " + absent);
                    }
                }
            }
        }
        assertThat(leaks).as(String.join("\n", leaks)).isEmpty();
        assertThat(rows()).isEqualTo(before);
        System.out.printf(
                "tenant matrix (%s): %d live commands with foreign ids answered as if absent%n",
                getClass().getSimpleName(), asked);
        assertThat(asked).isGreaterThan(50);
    }

    private static String shape(JsonNode answer, String id) {
        return normal(answer.toString().replaceAll("\"to\":\"[^\"]*\"", "\"to\":\"\""), id)
                .toLowerCase(Locale.ROOT);
    }

    @Test
    void noEventOfTheOtherCompanyReachesALiveClientWhateverItAsksFor() {
        long last = server.database().lastSeq(theirs.company().id());
        for (Map<String, Object> hello : List.of(
                Map.<String, Object>of("after", 0),
                Map.<String, Object>of("after", last - 1),
                Map.<String, Object>of("topics", List.of("sharktank", "pipeline", "calls", "lead", "call", "agent")),
                Map.<String, Object>of("company", theirs.company().id().toString(), "after", 0))) {
            try (LiveClient here = live(ours, hello);
                    LiveClient there = live(theirs, Map.of())) {
                String name = "Theirs " + UUID.randomUUID();
                theirs.http().post("/leads", Map.of("name", name, "email", "x@theirs.test"));
                there.awaitThat("their own event", frame -> frame.toString().contains(name));
                // What comes after is here, so what came before would be, too.
                String marker = "Marker " + UUID.randomUUID();
                ours.http().post("/leads", Map.of("name", marker, "email", "m@ours.test"));
                JsonNode frame;
                do {
                    frame = here.awaitThat("any frame", _ -> true);
                    assertThat(frame.toString()).doesNotContain("Theirs").doesNotContain("theirs.test");
                } while (!frame.toString().contains(marker));
            }
        }
    }
}
