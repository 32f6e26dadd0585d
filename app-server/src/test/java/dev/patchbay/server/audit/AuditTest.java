package dev.patchbay.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Actor;
import dev.patchbay.server.store.AuditRow;
import dev.patchbay.server.store.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// A company with three entries more than its making left.
    private TestServer.TestUser withThree(String name) {
        TestServer.TestUser boss = server.company(name).user(Role.MANAGER);
        for (String thing : List.of("first", "second", "third")) {
            write(boss, thing);
        }
        return boss;
    }

    private void write(TestServer.TestUser boss, String thing) {
        ScopedValue.where(
                        Actor.CURRENT, new Actor(boss.id().value(), boss.view().name(), "192.0.2.1"))
                .run(() -> server.database()
                        .change(
                                boss.company().id(),
                                transaction ->
                                        transaction.audit("test." + thing, "thing:" + thing, Map.of("name", thing))));
    }

    private void sql(String statement, TestServer.TestUser boss) {
        server.database().acrossCompanies(handle -> handle.createUpdate(statement)
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bind("company", boss.company().id().value())
                .execute());
    }

    /// As the owner of the database could do it.
    private void withoutTrigger(String statement, TestServer.TestUser boss) {
        boolean h2 = server.database().dialect() == Dialect.H2;
        sql("drop trigger audit_append_only" + (h2 ? "" : " on audit"), boss);
        try {
            sql(statement, boss);
        } finally {
            sql(
                    h2
                            ? "create trigger audit_append_only before update, delete on audit for each row"
                                    + " call 'dev.patchbay.server.store.AppendOnly'"
                            : "create trigger audit_append_only before update or delete on audit for each row"
                                    + " execute function audit_append_only()",
                    boss);
        }
    }

    private static JsonNode verdict(TestServer.TestUser boss) {
        return boss.http().get("/audit/verify").json();
    }

    private static long last(TestServer.TestUser boss) {
        return boss.http().get("/audit?limit=1").json().at("/items/0/seq").asLong();
    }

    @Test
    void anEntryTellsWhoDidWhatToWhatAndWhere() {
        TestServer.TestUser boss = withThree("Told");
        JsonNode newest = boss.http().get("/audit").json().at("/items/0");
        assertThat(newest.at("/actor/id").asText()).isEqualTo(boss.id().toString());
        assertThat(newest.at("/actor/name").asText()).isEqualTo(boss.view().name());
        assertThat(newest.at("/action").asText()).isEqualTo("test.third");
        assertThat(newest.at("/subject").asText()).isEqualTo("thing:third");
        assertThat(newest.at("/detail/name").asText()).isEqualTo("third");
        assertThat(newest.at("/address").asText()).isEqualTo("192.0.2.1");
    }

    @Test
    void theListIsFilteredAndPaged() {
        TestServer.TestUser boss = withThree("Filtered");
        assertThat(boss.http().get("/audit?action=test").json().at("/items")).hasSize(3);
        assertThat(boss.http().get("/audit?action=test.first").json().at("/items"))
                .hasSize(1);
        assertThat(boss.http().get("/audit?q=SECOND").json().at("/items")).hasSize(1);
        assertThat(boss.http().get("/audit?actor=" + boss.id()).json().at("/items"))
                .hasSize(3);
        assertThat(boss.http().get("/audit?to=2020-01-01T00:00:00Z").json().at("/items"))
                .isEmpty();
        JsonNode page = boss.http().get("/audit?action=test&limit=2").json();
        JsonNode rest = boss.http()
                .get("/audit?action=test&limit=2&after=" + page.get("next").asText())
                .json();
        assertThat(rest.at("/items")).hasSize(1);
        assertThat(rest.at("/items/0/action").asText()).isEqualTo("test.first");
        assertThat(boss.http()
                        .get("/audit?from=yesterday")
                        .error()
                        .errors()
                        .getFirst()
                        .field())
                .isEqualTo("from");
    }

    @Test
    void nobodyReadsItWithoutThePermission() {
        assertThat(server.company("Acme").user(Role.AGENT).http().get("/audit").status())
                .isEqualTo(403);
    }

    @Test
    void whatIsUndoneLeavesNoEntry() {
        long before = last(withThree("Undone"));
        TestServer.TestUser boss = withThree("Undone again");
        assertThatThrownBy(() -> server.database().change(boss.company().id(), transaction -> {
                    transaction.audit("test.undone", "thing", Map.of());
                    throw Refusal.notFound("thing");
                }))
                .isInstanceOf(Refusal.class);
        assertThat(last(boss)).isEqualTo(before);
    }

    @Test
    void theDatabaseItselfRefusesToChangeOrRemoveAnEntry() {
        TestServer.TestUser boss = withThree("Refused");
        for (String statement : List.of(
                "update audit set action = 'nothing' where company_id = :company",
                "delete from audit where company_id = :company")) {
            assertThatThrownBy(() -> sql(statement, boss)).isInstanceOf(JdbiException.class);
        }
        assertThat(verdict(boss).get("ok").asBoolean()).isTrue();
    }

    @Test
    void eachFieldOfAnEntryIsUnderItsHash() {
        TestServer.TestUser boss = withThree("Altered");
        long bad = last(boss) - 1;
        for (String change : List.of(
                "action = 'x'",
                "subject = 'x'",
                "detail = '{}'",
                "actor_name = 'x'",
                "actor_id = null",
                "address = 'x'",
                "at = at + interval '1' second")) {
            withoutTrigger("create table kept as select * from audit", boss);
            withoutTrigger("update audit set " + change + " where company_id = :company and seq = " + bad, boss);
            JsonNode verdict = verdict(boss);
            assertThat(verdict.get("ok").asBoolean()).as(change).isFalse();
            assertThat(verdict.get("firstBad").asLong()).as(change).isEqualTo(bad);
            withoutTrigger("delete from audit", boss);
            withoutTrigger("insert into audit select * from kept", boss);
            withoutTrigger("drop table kept", boss);
            assertThat(verdict(boss).get("ok").asBoolean()).as(change).isTrue();
        }
    }

    @Test
    void aRemovedEntryIsMissed() {
        TestServer.TestUser boss = withThree("Removed");
        long bad = last(boss) - 1;
        withoutTrigger("delete from audit where company_id = :company and seq = " + bad, boss);
        assertThat(verdict(boss).get("firstBad").asLong()).isEqualTo(bad);
    }

    @Test
    void theRemovedLastEntryIsMissedToo() {
        TestServer.TestUser boss = withThree("Cut");
        long bad = last(boss);
        withoutTrigger("delete from audit where company_id = :company and seq = " + bad, boss);
        JsonNode verdict = verdict(boss);
        assertThat(verdict.get("ok").asBoolean()).isFalse();
        assertThat(verdict.get("firstBad").asLong()).isEqualTo(bad);
    }

    @Test
    void aForgedEntryWithARightHashOfItsOwnBreaksTheChain() {
        TestServer.TestUser boss = withThree("Forged");
        long bad = last(boss) - 1;
        AuditRow row = server.database().read(boss.company().id(), transaction -> transaction
                .query("select * from audit where company_id = :company and seq = :seq")
                .bind("seq", bad)
                .map((found, _) -> AuditRow.read(found))
                .one());
        AuditRow forged = new AuditRow(
                row.company(),
                row.seq(),
                row.at(),
                row.actorId(),
                "Somebody Else",
                row.action(),
                row.subject(),
                row.detail(),
                row.address(),
                row.previous(),
                "");
        withoutTrigger(
                "update audit set actor_name = 'Somebody Else', hash = '" + forged.expectedHash()
                        + "' where company_id = :company and seq = " + bad,
                boss);
        assertThat(verdict(boss).get("firstBad").asLong()).isEqualTo(bad + 1);
    }

    @Test
    void twoHundredEntriesWrittenByManyAtOnceAreOneChain() throws Exception {
        TestServer.TestUser boss = server.company("Many").user(Role.MANAGER);
        long before = boss.http().get("/audit/verify").json().get("rows").asLong();
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int writer = i;
            writers.add(() -> {
                for (int j = 0; j < 10; j++) {
                    write(boss, writer + "-" + j);
                }
                return true;
            });
        }
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> one : all.invokeAll(writers)) {
                assertThat(one.get()).isTrue();
            }
        }
        JsonNode verdict = verdict(boss);
        assertThat(verdict.get("ok").asBoolean()).isTrue();
        assertThat(verdict.get("rows").asLong()).isEqualTo(before + 200);
    }
}
