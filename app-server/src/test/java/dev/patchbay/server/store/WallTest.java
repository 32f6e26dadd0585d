package dev.patchbay.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.TestDatabase;
import dev.patchbay.server.TestPostgres;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// With the statements' own `company_id = :company` away, PostgreSQL still shows no row of another company. Made from
/// the tables that there are; each has a row of either company.
class WallTest {
    private static final CompanyId OURS = CompanyId.fresh();
    private static final CompanyId THEIRS = CompanyId.fresh();

    /// Where the wall stands: before a superuser's role, and before an owner who may not make roles.
    private static final Place BY_ROLE = new Place(TestDatabase.fresh(TestDatabase.Kind.POSTGRESQL));

    private static final Place BY_OWNER = new Place(TestPostgres.ownedByNobodySpecial());

    @AfterAll
    static void drop() {
        BY_ROLE.close();
        BY_OWNER.close();
    }

    /// A database with rows of two companies in every table.
    private static final class Place {
        final TestDatabase place;
        final Database database;
        /// The owner's connections, as an administrator has them.
        final Jdbi owner;

        Place(TestDatabase place) {
            this.place = place;
            database = Database.open(place.address(3), InstantSource.system());
            owner = Jdbi.create(place.url(), place.user(), place.password());
            Jdbi superuser = Jdbi.create(place.url(), "postgres", "");
            superuser.useTransaction(handle -> {
                // Neither foreign keys nor triggers.
                handle.execute("set local session_replication_role = replica");
                for (String table : tables(superuser)) {
                    handle.execute(row(superuser, table, OURS));
                    handle.execute(row(superuser, table, THEIRS));
                }
            });
        }

        void close() {
            database.close();
            place.drop();
        }
    }

    record Case(String kind, String table) {
        Place place() {
            return kind.equals("role") ? BY_ROLE : BY_OWNER;
        }
    }

    static Stream<Case> cases() {
        return Stream.of("role", "owner")
                .flatMap(kind -> tables(BY_ROLE.owner).stream().map(table -> new Case(kind, table)));
    }

    static List<String> tables(Jdbi jdbi) {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select t.table_name from information_schema.tables t
                        where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and (t.table_name = 'company'
                          or exists (select 1 from information_schema.columns c where c.table_schema = t.table_schema
                                     and c.table_name = t.table_name and c.column_name = 'company_id'))
                        order by 1
                        """).mapTo(String.class).list());
    }

    private static String key(String table) {
        return table.equals("company") ? "id" : "company_id";
    }

    private record Column(String name, String type, boolean generated, int length) {}

    /// An insert of a row that means nothing.
    private static String row(Jdbi jdbi, String table, CompanyId company) {
        List<Column> columns = jdbi.withHandle(handle -> handle
                .createQuery("""
                        select column_name, data_type, is_identity, coalesce(character_maximum_length, 32)
                        from information_schema.columns
                        where table_schema = 'public' and table_name = :table order by ordinal_position
                        """)
                .bind("table", table)
                .map((row, _) -> new Column(
                        row.getString(1), row.getString(2), row.getString(3).equals("YES"), row.getInt(4)))
                .list()
                .stream()
                .filter(column -> !column.generated())
                .toList());
        return "insert into %s (%s) values (%s)"
                .formatted(
                        table,
                        columns.stream().map(Column::name).collect(Collectors.joining(", ")),
                        columns.stream()
                                .map(column -> column.name().equals(key(table)) ? "'" + company + "'" : value(column))
                                .collect(Collectors.joining(", ")));
    }

    private static String value(Column column) {
        return switch (column.type()) {
            case "uuid" -> "gen_random_uuid()";
            case "character varying", "text" -> "left(md5(random()::text), " + column.length() + ")";
            case "jsonb" -> "'{}'";
            case "boolean" -> "true";
            case "timestamp with time zone" -> "now()";
            case "date" -> "current_date";
            case "bytea" -> "'\\x00'";
            default -> "1";
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noRowOfAnotherCompanyAppears(Case on) {
        List<String> seen = on.place().database.read(OURS, transaction -> transaction
                .handle()
                .createQuery("select " + key(on.table()) + "::text from " + on.table())
                .mapTo(String.class)
                .list());
        assertThat(seen).containsExactly(OURS.toString());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noRowOfAnotherCompanyCanBeChangedOrRemoved(Case on) {
        String key = key(on.table());
        assertThat(touched(on, "update %s set %s = %s where %s = '%s'".formatted(on.table(), key, key, key, THEIRS)))
                .isZero();
        assertThat(touched(on, "delete from %s where %s = '%s'".formatted(on.table(), key, THEIRS)))
                .isZero();
        assertThat(on.place().owner.<Integer, RuntimeException>withHandle(handle -> handle.createQuery(
                                "select count(*) from %s where %s = '%s'".formatted(on.table(), key, THEIRS))
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(1);
    }

    /// @return how many rows; none as well when the role may not do it at all
    private static int touched(Case on, String sql) {
        try {
            return on.place()
                    .database
                    .write(OURS, transaction -> transaction.handle().execute(sql));
        } catch (RuntimeException e) {
            assertThat(state(e)).isEqualTo("42501");
            return 0;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noRowCanBeWrittenForAnotherCompany(Case on) {
        String insert = row(on.place().owner, on.table(), THEIRS);
        assertThatThrownBy(() -> on.place()
                        .database
                        .change(OURS, transaction -> transaction.handle().execute(insert)))
                .satisfies(failure -> assertThat(state(failure)).isEqualTo("42501"));
        String move = "update %s set %s = '%s'".formatted(on.table(), key(on.table()), CompanyId.fresh());
        assertThatThrownBy(() -> on.place()
                        .database
                        .change(OURS, transaction -> transaction.handle().execute(move)))
                .satisfies(failure -> assertThat(state(failure)).isEqualTo("42501"));
    }

    private static String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return "none: " + failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "owner"})
    void theServerWorksAsARoleThatCannotPassTheWall(String kind) {
        Place place = new Case(kind, "").place();
        List<String> rights = place.database.read(OURS, transaction -> transaction
                .handle()
                .createQuery("""
                        select case when rolsuper then 'superuser' when rolbypassrls then 'bypasses' else 'bound' end
                          || case when exists (select 1 from pg_class c where c.relowner = r.oid and c.relkind = 'r'
                                and c.relrowsecurity and not c.relforcerowsecurity) then ' owner' else '' end
                        from pg_roles r where rolname = current_user
                        """)
                .mapTo(String.class)
                .list());
        assertThat(rights).containsExactly("bound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "owner"})
    void aTransactionOfOneCompanyAfterAnotherOnTheSameConnectionSeesItsOwn(String kind) {
        Database database = new Case(kind, "").place().database;
        List<String> seen = new ArrayList<>();
        for (CompanyId company : List.of(OURS, THEIRS, THEIRS, OURS)) {
            seen.add(lead(database, company));
            // A transaction that fails takes its binding back.
            assertThatThrownBy(() -> database.change(company.equals(OURS) ? THEIRS : OURS, _ -> {
                        throw new IllegalStateException("fails");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(database.<List<String>>acrossCompanies(handle -> handle.createQuery("select name from lead")
                            .mapTo(String.class)
                            .list()))
                    .hasSize(2);
        }
        assertThat(seen).containsExactly(OURS.toString(), THEIRS.toString(), THEIRS.toString(), OURS.toString());
    }

    private static String lead(Database database, CompanyId company) {
        return database.read(company, transaction -> transaction
                .handle()
                .createQuery("select company_id::text from lead")
                .mapTo(String.class)
                .one());
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "owner"})
    void aNewTableIsBehindTheWallFromTheNextStartOn(String kind) {
        Place place = new Case(kind, "").place();
        place.owner.useHandle(handle -> {
            handle.execute("create table novelty (company_id uuid not null, id uuid not null)");
            handle.execute("insert into novelty values ('" + OURS + "', gen_random_uuid())");
            handle.execute("insert into novelty values ('" + THEIRS + "', gen_random_uuid())");
        });
        try (Database again = Database.open(place.place.address(1), InstantSource.system())) {
            assertThat(again.<Integer>read(OURS, transaction -> transaction
                            .handle()
                            .createQuery("select count(*) from novelty")
                            .mapTo(Integer.class)
                            .one()))
                    .isEqualTo(1);
        } finally {
            place.owner.useHandle(handle -> handle.execute("drop table novelty"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "owner"})
    void aProgramWithTheOwnersRoleSeesAndWritesEveryCompany(String kind) {
        Place place = new Case(kind, "").place();
        assertThat(place.owner.<Integer, RuntimeException>withHandle(handle -> {
                    handle.execute("update lead set name = 'by hand'");
                    return handle.createQuery("select count(*) from lead where name = 'by hand'")
                            .mapTo(Integer.class)
                            .one();
                }))
                .isEqualTo(2);
    }
}
