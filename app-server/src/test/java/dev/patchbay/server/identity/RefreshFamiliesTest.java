package dev.patchbay.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.model.Tokens;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// R12: families of refresh tokens, replayed from every earlier position and raced for. Prints its figures; the full
/// size is `-Dpatchbay.families=1000`.
class RefreshFamiliesTest {
    private static final int FAMILIES = Integer.getInteger("patchbay.families", 40);
    private static final int LENGTH = 5;
    private static final int RACERS = 32;

    private static TestServer server;
    private static TestServer.TestUser agent;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        agent = server.company("Acme").user(Role.AGENT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestHttp.Reply refresh(String token) {
        return server.http().post("/auth/refresh", Map.of("refreshToken", token));
    }

    private static boolean opens(Tokens tokens) {
        return server.http(tokens.accessToken()).get("/auth/profile").status() == 200;
    }

    private static void leewayPasses() {
        server.clock().tick(Sessions.LEEWAY.plusSeconds(1));
    }

    @Test
    void everyReplayOfAnEarlierTokenEndsItsFamilyAndNoOther() {
        TestServer.TestUser bystander = agent.again();
        Tokens other = bystander.tokens();
        int replays = 0;
        int revoked = 0;
        for (int family = 0; family < FAMILIES; family++) {
            int position = family % LENGTH;
            List<Tokens> line = new ArrayList<>(List.of(agent.again().tokens()));
            for (int i = 0; i < LENGTH; i++) {
                line.add(refresh(line.getLast().refreshToken()).as(Tokens.class));
            }
            assertThat(opens(line.getLast())).isTrue();
            leewayPasses();
            replays++;
            boolean reported =
                    refresh(line.get(position).refreshToken()).error().code().equals("REFRESH_REUSED");
            boolean ended = line.stream().noneMatch(RefreshFamiliesTest::opens)
                    && line.stream()
                            .allMatch(tokens -> refresh(tokens.refreshToken()).status() == 401);
            revoked += reported && ended ? 1 : 0;
            other = refresh(other.refreshToken()).as(Tokens.class);
        }
        System.out.printf("R12: %d of %d replays ended their family%n", revoked, replays);
        assertThat(revoked).isEqualTo(replays);
        assertThat(opens(other)).isTrue();
    }

    @Test
    void ofARaceOneLineGoesOnAndASecondUseOfItsSiblingsEndsIt() throws Exception {
        int races = Math.max(2, FAMILIES / 10);
        int kept = 0;
        int caught = 0;
        for (int race = 0; race < races; race++) {
            String start = agent.again().tokens().refreshToken();
            List<Callable<TestHttp.Reply>> asks = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                asks.add(() -> refresh(start));
            }
            List<Tokens> given = new ArrayList<>();
            try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<TestHttp.Reply> one : all.invokeAll(asks)) {
                    given.add(one.get().as(Tokens.class));
                }
            }
            leewayPasses();
            // The client kept one of the answers, whichever came last.
            Tokens line = refresh(given.get(race % RACERS).refreshToken()).as(Tokens.class);
            for (int i = 0; i < 3; i++) {
                leewayPasses();
                line = refresh(line.refreshToken()).as(Tokens.class);
            }
            kept += opens(line) ? 1 : 0;
            Tokens sibling = given.get((race + 1) % RACERS);
            boolean reported = refresh(sibling.refreshToken()).error().code().equals("REFRESH_REUSED");
            caught += reported && !opens(line) ? 1 : 0;
        }
        System.out.printf(
                "R12: %d of %d races of %d kept their line; %d of %d uses of a sibling ended the family%n",
                kept, races, RACERS, caught, races);
        assertThat(kept).isEqualTo(races);
        assertThat(caught).isEqualTo(races);
    }
}
