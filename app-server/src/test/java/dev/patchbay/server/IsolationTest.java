package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.http.Content;
import dev.patchbay.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Made from the list of routes: what is added later is tested without a line here.
class IsolationTest {
    private static TestServer server;
    private static TestServer.TestUser admin;
    private static TestServer.TestUser foreigner;

    private static final String TEN_MEGABYTES = "{\"name\":\"" + "a".repeat(10_000_000) + "\"}";

    // Not where they are declared: a class runs again after a failure, and its subclass on the other database.
    @BeforeAll
    static void start() {
        server = TestServer.start();
        admin = server.company("Theirs").user(Role.ADMIN);
        foreigner = server.company("Ours").user(Role.MANAGER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Route> guarded() {
        return server.routes().stream().filter(route -> !(route.access() instanceof Access.Anybody));
    }

    static Stream<Route> withIds() {
        return guarded().filter(route -> route.path().contains("{"));
    }

    /// Every id of the other company that the database holds, whatever it names.
    private static List<String> theirIds() {
        return server.database().acrossCompanies(handle -> {
            List<String> tables = handle.createQuery("""
                            select a.table_name from information_schema.columns a
                            join information_schema.columns b on b.table_name = a.table_name and b.table_schema = a.table_schema
                            where lower(a.column_name) = 'id' and lower(b.column_name) = 'company_id'
                              and upper(a.data_type) = 'UUID'
                            """).mapTo(String.class).list();
            List<String> ids = new ArrayList<>(List.of(admin.company().id().toString()));
            for (String table : tables) {
                ids.addAll(handle.createQuery(
                                "select cast(id as varchar) from \"" + table + "\" where company_id = :id limit 3")
                        .bind("id", admin.company().id().value())
                        .mapTo(String.class)
                        .list());
            }
            return ids;
        });
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void withoutATokenEveryGuardedRouteAnswers401(Route route) {
        String path = route.path().replaceAll("\\{\\w+}", admin.id().toString());
        TestHttp.Reply reply = server.http().send(route.method().name(), path, route.body() == null ? null : "{}");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.error().code()).isEqualTo("UNAUTHENTICATED");
    }

    @ParameterizedTest
    @MethodSource("withIds")
    void noIdOfAnotherCompanyOpensAnyRoute(Route route) {
        for (String id : theirIds()) {
            String path = route.path().replaceAll("\\{\\w+}", id);
            TestHttp.Reply reply =
                    foreigner.http().send(route.method().name(), path, route.body() == null ? null : "{}");
            if (route.body() == null) {
                assertThat(reply.status()).as(path).isIn(401, 403, 404);
            } else {
                assertThat(reply.status()).as(path).isBetween(400, 499);
            }
            assertThat(reply.text()).as(path).doesNotContain(admin.email());
        }
    }

    @ParameterizedTest
    @MethodSource("withIds")
    void anIdThatIsNoneIsAbsentAndNothingBreaks(Route route) {
        for (String id : List.of("1", "nonsense", "%F0%9F%98%80", "00000000-0000-0000-0000-000000000000")) {
            String path = route.path().replaceAll("\\{\\w+}", id);
            TestHttp.Reply reply = admin.http().send(route.method().name(), path, route.body() == null ? null : "{}");
            assertThat(reply.status()).as(path).isBetween(400, 499);
        }
    }

    static Stream<Route> posts() {
        return server.routes().stream().filter(route -> route.method() == Route.Method.POST);
    }

    @ParameterizedTest
    @MethodSource("posts")
    void tenMegabytesAreRefusedByEveryPostRoute(Route route) {
        String path = route.path().replaceAll("\\{\\w+}", admin.id().toString());
        for (TestHttp http : List.of(admin.http(), server.http())) {
            TestHttp.Reply reply = http.post(path, TEN_MEGABYTES);
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.error().code()).isEqualTo("TOO_LARGE");
        }
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void everyGuardedRouteSaysWhatItIsFor(Route route) {
        assertThat(route.summary()).isNotBlank();
        assertThat(route.answer()).isNotEqualTo(Content.class);
    }
}
