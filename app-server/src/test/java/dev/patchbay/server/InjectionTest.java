package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.server.http.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// SQL in every search and filter of every list: it is looked for as text, never run.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectionTest {
    /// By what they try: to widen a condition, to end the statement, to ask for more, to fail telling something, to
    /// wait, to comment the rest away, to break out of a pattern or an encoding.
    private static final List<String> CORPUS = List.of(
            "' or '1'='1",
            "' or 1=1 --",
            "') or ('a'='a",
            "\" or \"\"=\"",
            "1 or 1=1",
            "x' or company_id is not null --",
            "%' or company_id <> '00000000-0000-0000-0000-000000000000' --",
            "'; drop table lead; --",
            "'; delete from lead; commit; --",
            "'; update app_user set roles = 'Admin'; --",
            "'; set role none; select * from lead; --",
            "'; select set_config('patchbay.company', '*', false); --",
            "' union select email, password_hash from app_user --",
            "' union all select null, null, null, null, null, null --",
            "') union select token_hash from refresh_token --",
            "' and 1 = cast((select password_hash from app_user limit 1) as int) --",
            "' and extractvalue(1, concat(0x7e, version())) --",
            "' and 1/0 = 1 --",
            "' || (select email from app_user limit 1) || '",
            "' and pg_sleep(3) is null --",
            "'; select pg_sleep(3); --",
            "1; call sleep(3000)",
            "' or sleep(3) = 0 --",
            "'; waitfor delay '0:0:3' --",
            "'/**/or/**/1=1/**/--",
            "' or 1=1 #",
            "' or 1=1 /*",
            "\\' or 1=1 --",
            "%27%20or%201=1",
            "＇ or 1=1 --",
            "\u02bc or 1=1 --",
            "%",
            "_",
            "!",
            "!%",
            "\\",
            "\\%",
            ":company",
            ":limit",
            "?",
            "??",
            "$1",
            "${jndi:x}",
            "#{1+1}",
            "{{1+1}}",
            "<attr>",
            "<company>",
            "[a-z]%",
            "$$; select 1; $$",
            "copy (select 1) to program 'id'",
            "'; copy app_user to '/tmp/x'; --",
            "lo_import('/etc/passwd')",
            "' procedure analyse() --",
            "null",
            "undefined",
            "'",
            "''",
            "'''",
            "\"",
            ";",
            "--",
            "/*");
    private static final Pattern PARAMETER = Pattern.compile("[?&](\\w+)=");
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(2_900);

    private TestServer server;
    private TestServer.TestUser ours;
    private TestServer.TestUser theirs;

    @BeforeAll
    void start() {
        server = TestServer.start();
        ours = server.company("Ours").user(Role.MANAGER);
        theirs = server.company("Theirs").user(Role.MANAGER);
        for (TestServer.TestUser user : List.of(ours, theirs)) {
            for (int i = 0; i < 3; i++) {
                user.http()
                        .post(
                                "/leads",
                                Map.of(
                                        "name",
                                        user.company().slug() + " lead",
                                        "email",
                                        "l@" + user.company().slug() + ".test"));
            }
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// Those that a list tells of, and those that every list has.
    private static Set<String> parameters(Route route) {
        Set<String> names = new TreeSet<>(Set.of("q", "limit", "after"));
        Matcher matcher = PARAMETER.matcher(route.summary());
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @Test
    void noSearchOrFilterOfAnyListRunsWhatItIsGiven() {
        int before = leads();
        int asked = 0;
        List<String> wrong = new ArrayList<>();
        for (Route route : server.routes()) {
            if (route.method() != Route.Method.GET || route.item() == null) {
                continue;
            }
            String path = route.path()
                    .replaceAll("\\{companyId}", ours.company().id().toString())
                    .replaceAll("\\{\\w+}", ours.id().toString());
            int all = count(ours.http().get(path + "?limit=200"));
            for (String parameter : parameters(route)) {
                // What a list does not tell of it does not read: a few prove that.
                for (String hostile : route.summary().contains(parameter + "=") ? CORPUS : CORPUS.subList(0, 12)) {
                    long begin = System.nanoTime();
                    TestHttp.Reply reply = ours.http()
                            .get(path + "?" + parameter + "=" + URLEncoder.encode(hostile, StandardCharsets.UTF_8));
                    asked++;
                    String what = path + "?" + parameter + "=" + hostile + " answered " + reply.status();
                    if (reply.status() >= 500) {
                        wrong.add(what + " " + reply.text());
                    }
                    if (reply.text().contains("theirs")
                            || reply.text().contains("$argon2")
                            || reply.text().contains("SQL")) {
                        wrong.add(what + " and tells " + reply.text());
                    }
                    if (reply.status() == 200 && count(reply) > all) {
                        wrong.add(what + " with more than there is without it");
                    }
                    if (System.nanoTime() - begin > SLOW) {
                        wrong.add(what + " after a wait");
                    }
                }
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
        assertThat(leads()).isEqualTo(before);
        System.out.printf("injection (%s): %d requests, none ran%n", getClass().getSimpleName(), asked);
    }

    private static int count(TestHttp.Reply reply) {
        return reply.status() == 200 ? reply.json().path("items").size() : 0;
    }

    private int leads() {
        return server.database().<Integer>acrossCompanies(handle -> handle.createQuery("select count(*) from lead")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void wildcardsAreSoughtAsTheyAre() {
        ours.http().post("/leads", Map.of("name", "100% sure_thing!", "email", "w@ours.test"));
        assertThat(count(ours.http().get("/leads?q=" + URLEncoder.encode("100% sure_", StandardCharsets.UTF_8))))
                .isEqualTo(1);
        assertThat(count(ours.http().get("/leads?q=" + URLEncoder.encode("ours_lead", StandardCharsets.UTF_8))))
                .isZero();
        assertThat(count(ours.http().get("/leads?q=" + URLEncoder.encode("ours' or '1'='1", StandardCharsets.UTF_8))))
                .isZero();
    }
}
