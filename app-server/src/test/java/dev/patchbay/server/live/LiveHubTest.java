package dev.patchbay.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.CallId;
import dev.patchbay.model.CompanyId;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.Permission;
import dev.patchbay.model.QueueId;
import dev.patchbay.model.Role;
import dev.patchbay.model.UserId;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Audience;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveHubTest {
    private LiveServer server;
    private CompanyId acme;

    @BeforeEach
    void start() {
        server = new LiveServer(LiveServer.hasty());
        acme = server.company("acme");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aConsoleIsWelcomedAndSeesWhatHappens() {
        server.happen(acme, "before");
        LiveClient console = server.client().open();
        console.say(Map.of("type", "hello", "token", server.passes.agent(acme)));

        JsonNode welcome = console.await("welcome");
        assertThat(welcome.path("seq").asLong()).isEqualTo(1);
        assertThat(welcome.path("resumed").asBoolean()).isFalse();
        assertThat(welcome.path("company").asText()).isEqualTo(acme.toString());
        assertThat(welcome.path("user").path("name").asText()).isEqualTo("Ann");

        server.happen(acme, "now");
        JsonNode event = console.await("lead.created");
        assertThat(event.path("seq").asLong()).isEqualTo(2);
        assertThat(event.path("data").path("lead").path("name").asText()).isEqualTo("now");
    }

    @Test
    void anAliasOfThePathServesTheSame() {
        LiveClient console = new LiveClient(server.uri().resolve("/api/v1/live")).open();
        console.say(Map.of("type", "hello", "token", server.passes.agent(acme)));
        assertThat(console.await("welcome").path("seq").asLong()).isZero();
    }

    @Test
    void whatAConsoleMissedComesInOrderOnce() {
        for (int i = 1; i <= 450; i++) {
            server.happen(acme, "lead " + i);
        }
        LiveClient console = server.console(server.passes.agent(acme), 7);
        for (long seq = 8; seq <= 450; seq++) {
            assertThat(console.await("lead.created").path("seq").asLong()).isEqualTo(seq);
        }
        server.happen(acme, "next");
        assertThat(console.await("lead.created").path("seq").asLong()).isEqualTo(451);
        assertThat(console.drain()).isEmpty();
    }

    @Test
    void aNumberAheadOfTheLogIsReset() {
        server.happen(acme, "only");
        LiveClient console = server.client().open();
        console.say(Map.of("type", "hello", "token", server.passes.agent(acme), "after", 99));
        assertThat(console.await("welcome").path("resumed").asBoolean()).isFalse();
        assertThat(console.await("reset").path("seq").asLong()).isEqualTo(1);
        server.happen(acme, "next");
        assertThat(console.await("lead.created").path("seq").asLong()).isEqualTo(2);
    }

    @Test
    void anotherCompanySeesNothing() {
        CompanyId other = server.company("other");
        LiveClient foreign = server.console(server.passes.agent(other));
        LiveClient own = server.console(server.passes.agent(acme));
        server.happen(acme, "secret");
        own.await("lead.created");
        server.happen(other, "theirs");
        JsonNode first = foreign.await("lead.created");
        assertThat(first.path("data").path("lead").path("name").asText()).isEqualTo("theirs");
        assertThat(server.console(server.passes.agent(other), 0)
                        .await("lead.created")
                        .path("data")
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void theAudienceIsCheckedLiveAndAtReplay() {
        UserId ann = UserId.fresh();
        String annsPass = server.passes.give(LiveServer.Passes.user(acme, ann, Role.AGENT));
        String bobsPass = server.passes.agent(acme);
        String boss = server.passes.give(LiveServer.Passes.user(acme, UserId.fresh(), Role.MANAGER));
        LiveClient bob = server.console(bobsPass);
        server.happen(acme, "for ann", Audience.user(ann));
        server.happen(acme, "for supervisors", Audience.holders(Permission.SUPERVISE));
        server.happen(acme, "for all");

        assertThat(name(bob.await("lead.created"))).isEqualTo("for all");
        assertThat(name(server.console(bobsPass, 0).await("lead.created"))).isEqualTo("for all");
        LiveClient annAgain = server.console(annsPass, 0);
        assertThat(name(annAgain.await("lead.created"))).isEqualTo("for ann");
        assertThat(name(annAgain.await("lead.created"))).isEqualTo("for all");
        LiveClient bossAgain = server.console(boss, 0);
        assertThat(name(bossAgain.await("lead.created"))).isEqualTo("for supervisors");
        assertThat(name(bossAgain.await("lead.created"))).isEqualTo("for all");
    }

    @Test
    void aVisitorSeesOnlyWhatIsForIt() {
        ParticipantId participant = ParticipantId.fresh();
        String pass = server.passes.give(new Principal.Visitor(acme, CallId.fresh(), participant));
        LiveClient visitor = server.console(pass);
        server.happen(acme, "company");
        server.happen(acme, "another visitor", Audience.visitor(ParticipantId.fresh()));
        server.happen(acme, "mine", Audience.visitor(participant));
        assertThat(name(visitor.await("lead.created"))).isEqualTo("mine");
        assertThat(name(server.console(pass, 0).await("lead.created"))).isEqualTo("mine");
    }

    @Test
    void aNewMemberOfAQueueSeesTheQueueFromThenOn() {
        QueueId queue = QueueId.fresh();
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        server.hub.viewers(_ -> Set.copyOf(tokens));
        LiveClient console = server.console(server.passes.agent(acme));
        server.happen(acme, "not yet", Audience.queue(queue));
        tokens.add("queue:" + queue);
        server.hub.refresh(acme);
        LiveClient probe = server.console(server.passes.agent(acme));
        // The refresh works on its own thread: events go on until one arrives.
        for (int i = 0; console.next(TimeUnit.MILLISECONDS.toNanos(100)) == null; i++) {
            assertThat(i).isLessThan(100);
            server.happen(acme, "member", Audience.queue(queue));
        }
        assertThat(probe.drain().toString()).doesNotContain("not yet");
    }

    @Test
    void onlyTheTopicsAskedForAreSent() {
        LiveClient calls = server.client().open();
        calls.say(Map.of("type", "hello", "token", server.passes.agent(acme), "topics", List.of("calls", "newer")));
        calls.await("welcome");
        LiveClient tank = server.client().open();
        tank.say(Map.of("type", "hello", "token", server.passes.agent(acme), "topics", List.of("sharktank")));
        tank.await("welcome");
        server.happen(acme, "lead");
        tank.await("lead.created");
        calls.ask("ping", null);
        assertThat(calls.drain()).isEmpty();
    }

    @Test
    void aSocketThatSaysNoHelloIsClosed() {
        assertThat(server.client().open().awaitClose()).isEqualTo(1008);
    }

    @Test
    void anUnknownTokenIsToldSoAndClosed() {
        LiveClient client = server.client().open();
        client.say(Map.of("type", "hello", "token", "forged"));
        assertThat(client.await("error").path("error").path("code").asText()).isEqualTo("UNAUTHENTICATED");
        assertThat(client.awaitClose()).isEqualTo(4001);
    }

    @Test
    void aTokenThatRanOutClosesTheSocket() {
        String pass = server.passes.agent(acme);
        LiveClient console = server.console(pass);
        server.passes.end(pass);
        assertThat(console.awaitClose()).isEqualTo(4001);
    }

    @Test
    void aRenewedTokenKeepsTheSocket() {
        UserId ann = UserId.fresh();
        Principal.User user = LiveServer.Passes.user(acme, ann, Role.AGENT);
        String first = server.passes.give(user);
        LiveClient console = server.console(first);
        String second = server.passes.give(user);
        assertThat(console.ask("auth.renew", Map.of("token", second))
                        .path("type")
                        .asText())
                .isEqualTo("reply");
        server.passes.end(first);
        String others = server.passes.agent(acme);
        assertThat(console.ask("auth.renew", Map.of("token", others))
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("FORBIDDEN");
        LiveClient witness = server.console(server.passes.agent(acme));
        server.passes.end(second);
        assertThat(console.awaitClose()).isEqualTo(4001);
        assertThat(witness.isOpen()).isTrue();
    }

    @Test
    void anEndedSignInIsClosedAtOnce() {
        Principal.User user = LiveServer.Passes.user(acme, UserId.fresh(), Role.AGENT);
        LiveClient console = server.console(server.passes.give(user));
        LiveClient other = server.console(server.passes.agent(acme));
        server.hub.ended(acme, user.id(), user.session());
        assertThat(console.awaitClose()).isEqualTo(4001);
        assertThat(other.ask("ping", null).path("type").asText()).isEqualTo("reply");
    }

    @Test
    void theOldestOfTooManySocketsIsClosed() {
        String pass = server.passes.agent(acme);
        LiveClient oldest = server.console(pass);
        oldest.ask("ping", null);
        for (int i = 0; i < 5; i++) {
            server.console(pass).ask("ping", null);
        }
        assertThat(oldest.awaitClose()).isEqualTo(4008);
        server.happen(acme, "next");
    }

    @Test
    void commandsOfOneSocketAreDoneInTheirOrder() {
        List<String> done = new java.util.concurrent.CopyOnWriteArrayList<>();
        server.hub.with(List.of(LiveCommand.transientOf("note", Access.SIGNED_IN, Note.class, (_, note) -> {
            done.add(note.text());
            return null;
        })));
        LiveClient console = server.console(server.passes.agent(acme));
        for (int i = 0; i < 100; i++) {
            console.say(new LiveClient.Sent("note", "n-" + i, new Note("" + i)));
        }
        console.awaitThat("the last reply", frame -> frame.path("to").asText().equals("n-99"));
        assertThat(done)
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 100)
                        .mapToObj(String::valueOf)
                        .toList());
    }

    record Note(String text) {}

    @Test
    void refusalsAreAnsweredWithTheRestBody() {
        server.hub.with(List.of(
                LiveCommand.of("take", Access.needs(Permission.CALLS_TAKE), Note.class, (_, _) -> {
                    throw Refusal.conflict("TAKEN", "Somebody was faster.", Map.of("owner", "Bob"));
                }),
                LiveCommand.of("fail", Access.SIGNED_IN, Note.class, (_, _) -> {
                    throw new IllegalStateException("a bug with a secret in its text");
                })));
        LiveClient console = server.console(server.passes.agent(acme));
        JsonNode taken = console.ask("take", new Note("x")).path("error");
        assertThat(taken.path("code").asText()).isEqualTo("TAKEN");
        assertThat(taken.path("details").path("owner").asText()).isEqualTo("Bob");
        assertThat(console.ask("fail", new Note("x")).toString())
                .contains("INTERNAL_ERROR")
                .doesNotContain("secret");
        assertThat(console.ask("nonsense", null).path("error").path("code").asText())
                .isEqualTo("UNKNOWN_COMMAND");
        assertThat(console.ask("take", Map.of())
                        .path("error")
                        .path("errors")
                        .get(0)
                        .path("field")
                        .asText())
                .isEqualTo("text");
        assertThat(console.ask("take", Map.of("text", List.of()))
                        .path("error")
                        .path("errors")
                        .get(0)
                        .path("field")
                        .asText())
                .isEqualTo("text");
        LiveClient student =
                server.console(server.passes.give(LiveServer.Passes.user(acme, UserId.fresh(), Role.STUDENT)));
        assertThat(student.ask("take", new Note("x")).path("error").path("code").asText())
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void presenceTellsTheFirstAndTheLast() throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        server.hub.tell(new Presence() {
            @Override
            public void came(Principal principal, boolean takesCalls) {
                told.add("came " + takesCalls);
            }

            @Override
            public void went(Principal principal, boolean goodbye) {
                told.add("went " + goodbye);
            }
        });
        String pass = server.passes.agent(acme);
        LiveClient board = server.console(pass);
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("came false");
        LiveClient console = server.client().open();
        console.say(Map.of("type", "hello", "token", pass, "takesCalls", true));
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("came true");
        console.cut();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("came false");
        board.close();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("went true");
    }

    @Test
    void aRestartingServerSaysSo() {
        LiveClient console = server.console(server.passes.agent(acme));
        server.hub.close();
        assertThat(console.awaitClose()).isEqualTo(1012);
    }

    @Test
    void theFiguresCountUsersAndVisitorsByCompany() {
        server.console(server.passes.agent(acme));
        server.console(server.passes.give(new Principal.Visitor(acme, CallId.fresh(), ParticipantId.fresh())));
        LiveStats stats = server.hub.stats();
        assertThat(stats.connections()).isEqualTo(2);
        assertThat(stats.companies()).containsExactly(new LiveStats.OfCompany(acme, 1, 1));
        assertThat(server.meters.get("patchbay.live.clients").gauge().value()).isEqualTo(2);
    }

    private static String name(JsonNode event) {
        return event.path("data").path("lead").path("name").asText();
    }
}
