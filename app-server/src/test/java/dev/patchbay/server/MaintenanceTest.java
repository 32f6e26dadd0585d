package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.patchbay.model.Json;
import dev.patchbay.model.Role;
import dev.patchbay.server.store.Database;
import dev.patchbay.server.store.Maintenance;
import dev.patchbay.server.store.Schema;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Backups, restores and migrations up and down, on both databases.
class MaintenanceTest {
    @TempDir
    Path folder;

    private static Maintenance on(TestDatabase place) {
        return Maintenance.open(place.address(3), InstantSource.system());
    }

    /// A company in which something has happened.
    private static void fill(TestServer server) {
        server.server().setUpDemo("a password for the demo");
        TestServer.TestUser admin = server.company("Ümlaut & Søn 电话").user(Role.ADMIN);
        admin.http()
                .post(
                        "/leads",
                        Map.of("name", "Zoë \"Quote\" \\ 😀\n\t", "email", "z@x.test", "fields", Map.of("a", "ß")));
        admin.http().post("/offices", Map.of("name", "North"));
        server.http().post("/visitor/demo/calls", Map.of("name", "Vic", "phone", "+14155550111"));
    }

    /// Every row of every table, in the order of its text; JSON compared as what it says.
    private static Map<String, List<String>> contents(TestDatabase place) {
        Map<String, List<String>> contents = new TreeMap<>();
        Jdbi.create(place.url(), place.user(), place.password()).useHandle(handle -> {
            List<String> tables = handle.createQuery("""
                            select lower(table_name) from information_schema.tables
                            where lower(table_schema) = 'public' and table_type = 'BASE TABLE'
                              and lower(table_name) not in ('flyway_schema_history', 'lead_change', 'node', 'node_line')
                            """).mapTo(String.class).list();
            for (String table : tables) {
                contents.put(
                        table,
                        handle.createQuery("select * from " + table).mapToMap().list().stream()
                                .map(row -> {
                                    Map<String, String> values = new TreeMap<>();
                                    row.forEach((column, value) ->
                                            values.put(column.toLowerCase(java.util.Locale.ROOT), text(value)));
                                    return values.toString();
                                })
                                .sorted()
                                .toList());
            }
        });
        return contents;
    }

    private static void same(Map<String, List<String>> contents, Map<String, List<String>> expected) {
        assertThat(contents.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (table, rows) -> assertThat(contents.get(table)).as(table).isEqualTo(rows));
    }

    private static String text(Object value) {
        String text =
                value instanceof java.sql.Timestamp time ? time.toInstant().toString() : String.valueOf(value);
        if (value instanceof java.time.OffsetDateTime time) {
            text = time.toInstant().toString();
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return Json.MAPPER
                        .writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .writeValueAsString(Json.MAPPER.readValue(text, Object.class));
            } catch (JsonProcessingException e) {
                return text;
            }
        }
        return text;
    }

    @Test
    void whatGoesFromH2ToPostgresAndBackIsTheSameInEveryTable() {
        TestDatabase h2 = TestDatabase.fresh(TestDatabase.Kind.H2);
        TestDatabase postgres = TestPostgres.empty();
        TestDatabase back = TestDatabase.fresh(TestDatabase.Kind.H2);
        try (TestServer server = TestServer.builder().on(h2).start()) {
            fill(server);
        }
        try (Maintenance from = on(h2);
                Maintenance to = on(postgres);
                Maintenance home = on(back)) {
            Maintenance.Outcome out = from.backup(folder.resolve("one.zip"));
            to.restore(folder.resolve("one.zip"), false);
            same(contents(postgres), contents(h2));
            to.backup(folder.resolve("two.zip"));
            Maintenance.Outcome in = home.restore(folder.resolve("two.zip"), false);
            same(contents(back), contents(h2));
            assertThat(in).isEqualTo(out);
            System.out.printf("moved H2 to PostgreSQL and back: %d tables, %d rows, equal%n", in.tables(), in.rows());
        }
        try (TestServer server = TestServer.builder().on(postgres).start()) {
            assertThat(server.http()
                            .post(
                                    "/auth/login",
                                    Map.of("email", "agent@demo.test", "password", "a password for the demo"))
                            .status())
                    .isEqualTo(200);
        } finally {
            postgres.drop();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aBackupTakenWhileAServerWritesIsOfOneMoment(TestDatabase.Kind kind) throws IOException {
        TestDatabase place = TestDatabase.fresh(kind);
        AtomicBoolean stop = new AtomicBoolean();
        try (TestServer server = TestServer.builder().on(place).start();
                ExecutorService writers = Executors.newFixedThreadPool(4);
                Maintenance maintenance = on(place)) {
            TestServer.TestUser agent = server.company("Busy").user(Role.MANAGER);
            for (int i = 0; i < 4; i++) {
                writers.submit(() -> {
                    while (!stop.get()) {
                        agent.http().post("/leads", Map.of("name", "Lead", "email", "l@x.test"));
                    }
                });
            }
            for (int i = 0; i < 3; i++) {
                Path file = folder.resolve(kind + "-" + i + ".zip");
                maintenance.backup(file);
                long counter = line(file, "event_counter").getFirst().get(1).asLong();
                assertThat(line(file, "event")).hasSize((int) counter);
                // Each lead and its event were committed together.
                assertThat(line(file, "lead")).hasSize((int) line(file, "event").stream()
                        .filter(event -> event.toString().contains("\"lead.created\""))
                        .count());
            }
            stop.set(true);
        } finally {
            stop.set(true);
            place.drop();
        }
    }

    private static List<JsonNode> line(Path file, String table) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            for (String line : Files.readAllLines(zip.getPath(table + ".jsonl"))) {
                lines.add(Json.MAPPER.readTree(line));
            }
        }
        return lines;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aRestoreRefusesADatabaseThatHoldsDataUnlessToldToReplaceIt(TestDatabase.Kind kind) {
        TestDatabase place = TestDatabase.fresh(kind);
        Path file = folder.resolve("backup.zip");
        try (TestServer server = TestServer.builder().on(place).start()) {
            server.company("Kept").user("Ann", "ann@kept.test", Role.AGENT);
        }
        try (Maintenance maintenance = on(place)) {
            maintenance.backup(file);
            Map<String, List<String>> before = contents(place);
            Jdbi.create(place.url(), place.user(), place.password())
                    .useHandle(handle -> handle.execute("update company set name = 'Changed'"));
            assertThatThrownBy(() -> maintenance.restore(file, false))
                    .isInstanceOf(Maintenance.Refused.class)
                    .hasMessageContaining("--replace");
            maintenance.restore(file, true);
            assertThat(contents(place)).isEqualTo(before);
            maintenance.reset();
            assertThat(maintenance.holdsCompanies()).isFalse();
        } finally {
            place.drop();
        }
    }

    @Test
    void aDamagedBackupIsRefusedBeforeAnythingIsRemoved() throws IOException {
        TestDatabase place = TestDatabase.fresh(TestDatabase.Kind.H2);
        Path file = folder.resolve("backup.zip");
        try (TestServer server = TestServer.builder().on(place).start()) {
            server.company("Kept").user("Ann", "ann@kept.test", Role.AGENT);
        }
        try (Maintenance maintenance = on(place)) {
            maintenance.backup(file);
            try (FileSystem zip = FileSystems.newFileSystem(file)) {
                Path users = zip.getPath("app_user.jsonl");
                Files.writeString(users, Files.readString(users).replace("ann@kept.test", "eve@evil.test"));
            }
            Map<String, List<String>> before = contents(place);
            assertThatThrownBy(() -> maintenance.restore(file, true))
                    .isInstanceOf(Maintenance.Refused.class)
                    .hasMessageContaining("damaged")
                    .hasMessageContaining("app_user");
            Files.writeString(file, "no zip", StandardOpenOption.TRUNCATE_EXISTING);
            assertThatThrownBy(() -> maintenance.restore(file, true)).isInstanceOf(Maintenance.Refused.class);
            assertThat(contents(place)).isEqualTo(before);
        }
    }

    /// What tables, columns, constraints and indices there are.
    private static List<String> schema(TestDatabase place) {
        return Jdbi.create(place.url(), place.user(), place.password()).withHandle(handle -> {
            List<String> lines =
                    new ArrayList<>(handle.createQuery("""
                            select lower(table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
                              || coalesce(cast(character_maximum_length as varchar), ''))
                            from information_schema.columns where lower(table_schema) = 'public'
                            """).mapTo(String.class).list());
            lines.addAll(handle.createQuery("""
                            select lower(table_name || ' ' || constraint_type) from information_schema.table_constraints
                            where lower(table_schema) = 'public'
                            """).mapTo(String.class).list());
            lines.addAll(handle.createQuery(
                            place.kind() == TestDatabase.Kind.H2
                                    ? "select lower(table_name || ' ' || index_name) from information_schema.indexes"
                                            + " where index_name not like 'CONSTRAINT%' and index_name not like 'PRIMARY%'"
                                    : "select indexdef from pg_indexes where schemaname = 'public' union all"
                                            + " select tablename || policyname || coalesce(qual, '') from pg_policies"
                                            + " union all select tgrelid::regclass || tgname from pg_trigger"
                                            + " where not tgisinternal")
                    .mapTo(String.class)
                    .list());
            // H2 numbers the indices of constraints as it likes.
            return lines.stream()
                    .map(line -> line.replaceFirst("_index_\\w+$", "_index"))
                    .sorted()
                    .toList();
        });
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void migrationsDownAndUpAgainLeaveTheSameTablesAndWhatTheOlderOnesHeld(TestDatabase.Kind kind) {
        TestDatabase place = TestDatabase.fresh(kind);
        try (TestServer server = TestServer.builder().on(place).start()) {
            server.company("Kept").user("Ann", "ann@kept.test", Role.AGENT);
        }
        try (Maintenance maintenance = on(place)) {
            List<String> before = schema(place);
            String newest = maintenance.schema().current().orElseThrow();
            int undone = 0;
            while (undone < 2) {
                Path backup = maintenance.undo(folder);
                assertThat(backup).exists();
                undone++;
            }
            assertThat(schema(place)).isNotEqualTo(before);
            assertThat(maintenance.schema().migrate()).isEqualTo(undone);
            assertThat(maintenance.schema().current()).contains(newest);
            assertThat(schema(place)).isEqualTo(before);
        }
        try (TestServer server = TestServer.builder().on(place).start()) {
            assertThat(server.server().open("ann@kept.test").user().name()).isEqualTo("Ann");
        } finally {
            place.drop();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aDatabaseThatIsNewerThanTheProgramIsRefusedWithAClearSentence(TestDatabase.Kind kind) {
        TestDatabase place = TestDatabase.fresh(kind);
        Database.open(place.address(3), InstantSource.system()).close();
        Jdbi.create(place.url(), place.user(), place.password()).useHandle(handle -> handle.execute("""
                        insert into "flyway_schema_history" ("installed_rank", "version", "description", "type", "script",
                          "checksum", "installed_by", "execution_time", "success")
                        values (9999, '9000', 'from the future', 'SQL', 'V9000__future.sql', 1, 'me', 1, true)
                        """));
        assertThatThrownBy(() -> TestServer.builder().on(place).start())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("9000")
                .hasMessageContaining("newer");
        try (Maintenance maintenance = on(place)) {
            assertThatThrownBy(() -> maintenance.backup(folder.resolve("x.zip")))
                    .isInstanceOf(Schema.TooNew.class);
        }
        place.drop();
    }

    @Test
    void tablesOfAnotherProgramAreNeverRemoved() {
        TestDatabase place = TestPostgres.empty();
        TestDatabase h2 = TestDatabase.fresh(TestDatabase.Kind.H2);
        Jdbi.create(place.url(), place.user(), place.password())
                .useHandle(handle -> handle.execute("create table precious (id int)"));
        Database.open(h2.address(3), InstantSource.system()).close();
        try (Maintenance from = on(h2);
                Maintenance to = on(place)) {
            from.backup(folder.resolve("b.zip"));
            assertThatThrownBy(() -> to.restore(folder.resolve("b.zip"), true))
                    .isInstanceOf(Maintenance.Refused.class)
                    .hasMessageContaining("precious");
            assertThatThrownBy(to::reset).isInstanceOf(Maintenance.Refused.class);
        } finally {
            place.drop();
        }
    }
}
