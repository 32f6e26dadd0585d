package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestUser;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Many users at once, from CSV.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportTest {
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static TestHttp.Reply send(TestUser boss, String csv, String query) {
        return boss.http().with("Content-Type", "text/csv").post("/users/import" + query, csv);
    }

    private static int users(TestUser boss) {
        return boss.http()
                .get("/users/company/" + boss.company().id() + "?limit=200")
                .json()
                .get("items")
                .size();
    }

    @Test
    void everyLineBecomesAUserWhoCanSignInOrGetsAPasswordLater() {
        TestUser boss = server.company("Import").user(Role.MANAGER);
        boss.http().post("/offices", Map.of("name", "North"));
        String csv = "\uFEFFName,Email,Roles,Office,Password\r\n"
                + "\"Lee, Ann\",ann@import.test,Agent,north,correct horse 42\r\n"
                + "Bob,bob@import.test,agent; receptionist,,\r\n";
        JsonNode looked = send(boss, csv, "?dryRun=true").json();
        assertThat(looked.get("added").asInt()).isEqualTo(2);
        assertThat(users(boss)).isEqualTo(1);
        JsonNode done = send(boss, csv, "").json();
        assertThat(done.get("added").asInt()).isEqualTo(2);
        assertThat(done.get("refused")).isEmpty();
        JsonNode ann = boss.http()
                .get("/users/company/" + boss.company().id() + "?q=ann@import")
                .json()
                .at("/items/0");
        assertThat(ann.get("name").asText()).isEqualTo("Lee, Ann");
        assertThat(ann.get("officeId").isNull()).isFalse();
        assertThat(server.http()
                        .post("/auth/login", Map.of("email", "ann@import.test", "password", "correct horse 42"))
                        .status())
                .isEqualTo(200);
        assertThat(server.http()
                        .post("/auth/login", Map.of("email", "bob@import.test", "password", ""))
                        .status())
                .isEqualTo(401);
        assertThat(boss.http()
                        .get("/audit?action=users.imported")
                        .json()
                        .at("/items/0/detail/added")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void oneWrongLineAndNothingIsDoneButEveryMistakeIsTold() {
        TestUser boss = server.company("Half").user(Role.MANAGER);
        String csv = """
                name,email,roles,office,password
                Good,good@half.test,Agent,,
                ,nobody,Agent,,
                Twice,good@half.test,Agent,,
                Chief,chief@half.test,Admin,,
                Who,who@half.test,Boss,Nowhere,short
                Taken,%s,Agent,,
                """.formatted(boss.email());
        JsonNode outcome = send(boss, csv, "").json();
        assertThat(outcome.get("added").asInt()).isZero();
        assertThat(outcome.get("refused").findValuesAsText("line")).containsExactly("3", "4", "5", "6", "7");
        assertThat(outcome.get("refused").findValuesAsText("code"))
                .contains(
                        "REQUIRED",
                        "INVALID_EMAIL",
                        "EMAIL_TWICE",
                        "FORBIDDEN",
                        "UNKNOWN_ROLE",
                        "UNKNOWN_OFFICE",
                        "PASSWORD_TOO_SHORT",
                        "EMAIL_TAKEN");
        assertThat(users(boss)).isEqualTo(1);
    }

    @Test
    void whatIsNoTableIsRefused() {
        TestUser boss = server.company("Broken").user(Role.MANAGER);
        assertThat(send(boss, "mail\nx", "").error().errors().getFirst().field())
                .isEqualTo("name");
        assertThat(send(boss, "name,email,roles\n\"open,a@b.test,Agent", "").status())
                .isEqualTo(400);
        assertThat(send(boss, "", "").status()).isEqualTo(400);
        assertThat(send(boss, "name,email,roles\n", "").json().get("added").asInt())
                .isZero();
    }
}
