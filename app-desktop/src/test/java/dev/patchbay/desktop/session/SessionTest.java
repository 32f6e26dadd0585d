package dev.patchbay.desktop.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.model.EventType;
import dev.patchbay.model.Lead;
import dev.patchbay.model.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The session over real sockets, with a network that misbehaves.
class SessionTest {
    private PretendServer server = new PretendServer();
    private FaultProxy network;
    private Desk desk;
    private Session session;

    SessionTest() throws IOException {
        network = new FaultProxy(server.port());
    }

    @BeforeEach
    void signIn(@TempDir Path folder) {
        desk = new Desk(folder);
        session = desk.ann(PretendServer.at(network.port()));
    }

    @AfterEach
    void end() throws IOException {
        session.close();
        desk.close();
        network.close();
        server.close();
    }

    private void start() {
        session.start();
        Await.until("online", this::online);
        Await.until("the lists", () -> session.stores().leads().faceNow() instanceof Table.Face.Full);
    }

    private boolean online() {
        return session.live().get() instanceof LiveState.Online;
    }

    @Test
    void aSignedInConsoleKnowsWhatIsThereAndWhatHappens() {
        server.lead("Before");
        start();
        assertThat(session.stores().leads().all()).extracting(Lead::name).containsExactly("Before");
        server.event(EventType.LEAD_CREATED, new Payload.OfLead(server.lead("After")), null);
        Await.until("the new lead", () -> session.stores().leads().size() == 2);
        Await.until(
                "the delay is measured",
                () -> session.live().get() instanceof LiveState.Online online && online.delay() != null);
    }

    @Test
    void aWrongPasswordIsSaidByTheServer() {
        assertThatThrownBy(() -> desk.signIn.signIn(server.address(), "ann@example.test", "wrong"))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.error().code()).isEqualTo("INVALID_CREDENTIALS"));
    }

    @Test
    void aNetworkThatIsAwayForLongLosesNoEventAndDoublesNoCommand() {
        List<String> heard = heard();
        start();
        network.cut();
        Await.until("the cut is seen", () -> !online());
        for (int i = 0; i < 500; i++) {
            server.event(EventType.LEAD_CREATED, new Payload.OfLead(server.lead("lead " + i)), null);
        }
        List<Answer> answers = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            session.keep("lead.create", Map.of("name", "mine " + i), answers::add);
        }
        Await.until("all kept", () -> answers.size() == 20);
        assertThat(answers).allMatch(Answer.Kept.class::isInstance);
        assertThat(session.outbox().now().waiting()).isEqualTo(20);
        Await.until("several attempts failed", () -> network.refused() >= 5);
        network.mend();
        Await.until("all sent", () -> session.outbox().now().waiting() == 0);
        Await.until("all heard", () -> heard.size() == 520);
        assertThat(server.done.stream().map(one -> one.data().path("name").asText()))
                .containsExactlyElementsOf(names("mine ", 20));
        assertThat(heard.subList(0, 500)).containsExactlyElementsOf(names("lead ", 500));
        assertThat(session.stores().leads().size()).isEqualTo(520);
    }

    @Test
    void thirtyCutsInAStormOfEventsLoseNothingAndDoubleNothing() {
        List<String> heard = heard();
        start();
        Random random = new Random(7);
        for (int round = 0; round < 30; round++) {
            for (int i = 0; i < 40; i++) {
                server.event(EventType.LEAD_CREATED, new Payload.OfLead(server.lead("e")), null);
            }
            session.keep("lead.create", Map.of("name", "k" + round), _ -> {});
            if (random.nextBoolean()) {
                network.reset();
            } else {
                network.cut();
                network.mend();
            }
            Await.until("back again", this::online);
        }
        Await.until("all sent", () -> session.outbox().now().waiting() == 0);
        Await.until("all heard", () -> heard.size() >= 30 * 41);
        assertThat(heard).hasSize(30 * 41);
        assertThat(server.done).hasSize(30);
        assertThat(session.stores().leads().size()).isEqualTo(30 * 41);
    }

    @Test
    void aLineThatFallsSilentIsReplaced() {
        start();
        int before = server.hellos.get();
        network.fallSilent();
        Await.until("the silence is noticed", () -> !online());
        network.mend();
        Await.until("back again", () -> online() && server.hellos.get() > before);
        LiveLink.Timing usual = LiveLink.Timing.USUAL;
        assertThat(usual.ping().plus(usual.silence())).isLessThanOrEqualTo(Duration.ofSeconds(8));
        assertThat(usual.firstRetry()).isLessThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aServerThatStartsAgainIsFoundAgain() {
        start();
        server.stop();
        Await.until("the end is seen", () -> !online());
        server.event(EventType.LEAD_CREATED, new Payload.OfLead(server.lead("meanwhile")), null);
        server.startAgain();
        Await.until("back again", this::online);
        Await.until("what was missed", () -> session.stores().leads().size() == 1);
    }

    @Test
    void whatMakesNoSenseLaterFailsAtOnceWithoutALine() {
        start();
        network.cut();
        Await.until("the cut is seen", () -> !online());
        List<Answer> answers = new CopyOnWriteArrayList<>();
        session.ask("call.hold", Map.of("call", "x"), answers::add);
        Await.until("refused at once", () -> answers.size() == 1);
        assertThat(answers.getFirst()).isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(
                        failed.why().reason())
                .isEqualTo(Unreachable.Reason.OFFLINE));
    }

    @Test
    void anEndedTokenIsRenewedOnceForManyCallers() throws InterruptedException {
        start();
        server.endTokens(false);
        CountDownLatch all = new CountDownLatch(16);
        List<RuntimeException> failures = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 16; i++) {
            session.inBackground(() -> {
                try {
                    session.api().profile();
                } catch (RuntimeException e) {
                    failures.add(e);
                }
                all.countDown();
            });
        }
        all.await();
        assertThat(failures).isEmpty();
        Await.until("the line is back", this::online);
        assertThat(server.refreshes.get()).isEqualTo(1);
    }

    @Test
    void aSignInThatEndedAtTheServerEndsHere() {
        start();
        server.endTokens(true);
        Await.until("signed out", () -> session.live().get() instanceof LiveState.SignedOut);
        assertThat(desk.signIn.resume()).isEmpty();
    }

    @Test
    void aStartAfterTheLastSignInNeedsNoPassword() {
        start();
        session.close();
        session = desk.signIn.resume().orElseThrow();
        start();
        assertThat(session.me().email()).isEqualTo("ann@example.test");
        assertThat(desk.signIn.remembered().email()).isEqualTo("ann@example.test");
    }

    @Test
    void aResetLoadsTheListsAgain() {
        start();
        network.cut();
        Await.until("the cut is seen", () -> !online());
        server.lead("while away");
        server.forgetLog();
        network.mend();
        Await.until("loaded again", () -> session.stores().leads().size() == 1);
        server.event(EventType.LEAD_CREATED, new Payload.OfLead(server.lead("after")), null);
        Await.until("and goes on", () -> session.stores().leads().size() == 2);
    }

    @Test
    void babbleIsPassedOver() {
        start();
        for (String text : List.of(
                "",
                "{",
                "[]",
                "null",
                "{\"type\":5}",
                "{\"type\":\"reply\"}",
                "{\"type\":\"lead.created\",\"seq\":\"x\"}")) {
            server.babble(text);
        }
        server.babble("{\"type\":\"from.the.future\",\"seq\":" + (1L << 40)
                + ",\"at\":\"2026-01-01T00:00:00Z\",\"data\":{}}");
        assertThat(online()).isTrue();
        List<Answer> answers = new CopyOnWriteArrayList<>();
        session.ask("lead.create", Map.of("name", "still there"), answers::add);
        Await.until("an answer", () -> !answers.isEmpty());
        assertThat(answers.getFirst()).isInstanceOf(Answer.Done.class);
    }

    @Test
    void aSlowServerIsWaitedFor() {
        network.slow(Duration.ofMillis(60));
        start();
        List<Answer> answers = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 5; i++) {
            session.ask("lead.create", Map.of("name", "slow"), answers::add);
        }
        Await.until("all answered", () -> answers.size() == 5);
        assertThat(answers).allMatch(Answer.Done.class::isInstance);
        assertThat(server.done).hasSize(5);
    }

    @Test
    void whatTheServerRefusesIsKeptUntilTheAgentDecides() {
        start();
        server.refusesWrites = true;
        List<Answer> answers = new CopyOnWriteArrayList<>();
        session.keep("lead.create", Map.of("name", "refused"), answers::add);
        Await.until("refused", () -> session.outbox().now().refused().size() == 1);
        Await.until("said", () -> answers.size() == 1);
        session.close();
        session = desk.signIn.resume().orElseThrow();
        assertThat(session.outbox().now().refused()).hasSize(1);
        server.refusesWrites = false;
        start();
        session.outbox().sendAgain(session.outbox().now().refused().getFirst().id());
        Await.until("sent", () -> server.leads.size() == 1);
        Await.until("nothing is left", () -> session.outbox().now().equals(Outbox.Kept.NOTHING));
    }

    @Test
    void whatWasWrittenOfflineIsSentOnceAfterARestart() {
        start();
        network.cut();
        Await.until("the cut is seen", () -> !online());
        List<Answer> answers = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) {
            session.keep("lead.create", Map.of("name", "offline " + i), answers::add);
        }
        Await.until("kept", () -> answers.size() == 3);
        session.close();
        network.mend();
        session = desk.signIn.resume().orElseThrow();
        assertThat(session.outbox().now().waiting()).isEqualTo(3);
        start();
        Await.until("sent", () -> session.outbox().now().waiting() == 0);
        assertThat(server.done.stream().map(one -> one.data().path("name").asText()))
                .containsExactlyElementsOf(names("offline ", 3));
    }

    @Test
    void tenThousandLeadsAreThereInSecondsAndSmall() {
        for (int i = 0; i < 10_000; i++) {
            server.lead("Lead number " + i);
        }
        long begun = System.nanoTime();
        start();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(session.stores().leads().size()).isEqualTo(10_000);
        org.slf4j.LoggerFactory.getLogger(SessionTest.class).info("10,000 leads after {} ms", took.toMillis());
        assertThat(took).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aBurstOfEventsCostsTheScreenFewTurns() {
        start();
        List<Integer> turns = Collections.synchronizedList(new ArrayList<>());
        desk.screen.execute(() -> session.stores()
                .leads()
                .listen(change -> turns.add(change.changed().size())));
        CountDownLatch busy = new CountDownLatch(1);
        desk.screen.execute(() -> {
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 1_000; i++) {
            server.event(EventType.LEAD_CREATED, new Payload.OfLead(server.lead("burst")), null);
        }
        Await.until("all there", () -> session.stores().leads().size() == 1_000);
        busy.countDown();
        Await.until("told", () -> turns.stream().mapToInt(Integer::intValue).sum() == 1_000);
        assertThat(turns).hasSizeLessThanOrEqualTo(3);
    }

    private List<String> heard() {
        List<String> heard = new CopyOnWriteArrayList<>();
        session.hear(new Session.Ear() {
            @Override
            public void online(boolean complete) {}

            @Override
            public void happened(EventType type, Payload what) {
                if (what instanceof Payload.OfLead(var lead)) {
                    heard.add(lead.name());
                }
            }
        });
        return heard;
    }

    private static List<String> names(String prefix, int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> prefix + i)
                .toList();
    }
}
