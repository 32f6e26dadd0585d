package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Permission;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.http.Content;
import dev.patchbay.server.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every role at every route, against the tables of `docs/permissions.md`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionMatrixTest {
    private static final Path DOCUMENT =
            Path.of("..", "docs", "permissions.md").toAbsolutePath().normalize();
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
    /// No JSON object: refused before anything is changed.
    private static final String NOTHING = "[]";

    private final Map<Role, TestUser> users = new EnumMap<>(Role.class);
    private TestServer server;
    private TestServer.TestCompany other;

    @BeforeAll
    void start() {
        server = TestServer.start();
        TestServer.TestCompany own = server.company("Own");
        other = server.company("Other");
        for (Role role : Role.values()) {
            users.put(role, own.user(role));
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// The rows of the table whose first column is called so, without its head; cells without blanks and backticks.
    private static List<List<String>> table(String first) {
        try {
            List<List<String>> rows = new ArrayList<>();
            boolean inside = false;
            for (String line : Files.readAllLines(DOCUMENT)) {
                if (line.startsWith("| " + first + " |")) {
                    inside = true;
                } else if (!line.startsWith("|")) {
                    inside = false;
                } else if (inside && !line.startsWith("|---")) {
                    List<String> cells = new ArrayList<>();
                    for (String cell : line.substring(1, line.length() - 1).split("\\|", -1)) {
                        cells.add(cell.strip().replace("`", ""));
                    }
                    rows.add(cells);
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Permission> documented(Role role) {
        Set<Permission> held = EnumSet.noneOf(Permission.class);
        for (List<String> row : table("permission")) {
            if (row.get(2 + role.ordinal()).equals("●")) {
                held.add(Permission.of(row.getFirst()));
            }
        }
        return held;
    }

    @Test
    void theDocumentNamesEveryPermission() {
        assertThat(table("permission").stream().map(row -> Permission.of(row.getFirst())))
                .containsExactlyInAnyOrder(Permission.values());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aRoleMayWhatTheDocumentSays(Role role) {
        assertThat(role.permissions()).isEqualTo(documented(role));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void everyRouteAnswersARoleAsTheDocumentSays(Role role) {
        Set<Permission> held = documented(role);
        for (Route route : server.routes()) {
            if (!(route.access() instanceof Access.Needs || route.access() instanceof Access.SignedIn)) {
                continue;
            }
            String path = route.path().replaceAll("\\{\\w+}", NOBODY);
            TestHttp.Reply reply =
                    users.get(role).http().send(route.method().name(), path, route.body() == null ? null : NOTHING);
            String asked = role + " " + route.method() + " " + route.path() + ": " + reply.text();
            if (route.access() instanceof Access.Needs needs && !held.contains(needs.permission())) {
                assertThat(reply.status()).as(asked).isEqualTo(403);
                assertThat(reply.error().message())
                        .as(asked)
                        .contains(needs.permission().wire());
            } else {
                assertThat(reply.status()).as(asked).isNotIn(401, 403);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void theSourcesRoutesAnswerARoleAsTheDocumentSays(Role role) {
        TestUser user = users.get(role);
        for (List<String> row : table("row")) {
            String[] route = row.get(1).split(" ");
            String path = route[1].replace("{own}", user.company().id().toString())
                    .replace("{me}", user.id().toString())
                    .replace("{id}", NOBODY);
            // A company that is to be closed is one of its own.
            String foreign = row.get(1).equals("DELETE /companies/{other}") && role == Role.ADMIN
                    ? server.company("Doomed").id().toString()
                    : other.id().toString();
            boolean body = route[0].equals("POST") || route[0].equals("PUT");
            TestHttp.Reply reply =
                    user.http().send(route[0], path.replace("{other}", foreign), body ? content(row.get(1)) : null);
            String asked = role + " " + row + ": " + reply.text();
            switch (row.get(2 + role.ordinal())) {
                case "yes" -> assertThat(reply.status()).as(asked).isNotIn(401, 403);
                case "403" -> assertThat(reply.status()).as(asked).isEqualTo(403);
                case "404" -> assertThat(reply.status()).as(asked).isEqualTo(404);
                default -> throw new AssertionError("the document says neither yes nor 403 nor 404: " + row);
            }
        }
    }

    /// Enough that the route looks at whom it is for.
    private static String content(String route) {
        return route.startsWith("PUT /companies") ? "{\"region\":\"US\"}" : NOTHING;
    }

    @Test
    void aLiteralPathIsNeverTakenForAnId() {
        TestUser admin = users.get(Role.ADMIN);
        Set<String> served = new HashSet<>();
        for (Route literal : server.routes()) {
            boolean rivalled = literal.method() == Route.Method.GET
                    && literal.path().indexOf('{') < 0
                    && literal.answer() != Content.class
                    && server.routes().stream()
                            .filter(route -> route.method() == Route.Method.GET)
                            .filter(route -> route.path().contains("{"))
                            .anyMatch(
                                    route -> literal.path().matches(route.path().replaceAll("\\{\\w+}", "[^/]+")));
            if (rivalled) {
                admin.http().get(literal.path());
                served.add(literal.path());
            }
        }
        assertThat(served).contains("/calls/mine");
        String metrics = admin.http().below("").get("/metrics").text();
        Set<String> missing = served.stream()
                .filter(path -> !metrics.contains("route=\"" + path + "\""))
                .collect(Collectors.toSet());
        assertThat(missing).isEmpty();
    }
}
