package dev.patchbay.desktop.softphone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.session.Await;
import dev.patchbay.desktop.session.Desk;
import dev.patchbay.desktop.session.LiveState;
import dev.patchbay.desktop.session.PretendServer;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.desktop.softphone.DockState.Idle;
import dev.patchbay.desktop.softphone.DockState.InCall;
import dev.patchbay.desktop.softphone.DockState.Ringing;
import dev.patchbay.desktop.softphone.DockState.WrapUp;
import dev.patchbay.desktop.voice.ScriptedVoice;
import dev.patchbay.desktop.voice.VoiceSnapshot;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// The softphone at the companion server itself; visitors come by REST, the voice is scripted.
class RealCallTest {
    private final TestServer server = TestServer.builder().realTime().start();
    private final TestServer.TestCompany acme = server.company("Acme");
    private final TestServer.TestUser boss = acme.user("Boss", "boss@acme.test", Role.MANAGER);
    private final TestServer.TestUser ann = acme.user("Ann", "ann@acme.test", Role.AGENT);
    private final TestServer.TestUser ben = acme.user("Ben", "ben@acme.test", Role.AGENT);
    private Seat anns;

    /// One agent's console.
    private final class Seat implements AutoCloseable {
        final Desk desk;
        final ScriptedVoice voice = new ScriptedVoice();
        final List<Notice> notices = new CopyOnWriteArrayList<>();
        final String email;
        Session session;
        Softphone phone;

        Seat(Path folder, String email) {
            this.email = email;
            desk = new Desk(folder);
            session = signIn();
            phone = open();
        }

        private Session signIn() {
            return desk.signIn.signIn(PretendServer.at(server.url().getPort()), email, TestServer.PASSWORD);
        }

        private Softphone open() {
            Softphone next = new Softphone(session, voice, InstantSource.system());
            next.model().onNotice(notices::add);
            session.start();
            Await.until("online", this::online);
            return next;
        }

        /// The window is closed and opened again.
        void again() {
            phone.close();
            session.close();
            session = desk.signIn.resume().orElseThrow();
            phone = open();
        }

        Seat ready() {
            phone.setState(AgentState.AVAILABLE, null);
            Await.until("available", () -> state() == AgentState.AVAILABLE);
            return this;
        }

        AgentState state() {
            AgentView agent = phone.model().agent().get();
            return agent == null ? AgentState.OFFLINE : agent.state();
        }

        boolean online() {
            return session.live().get() instanceof LiveState.Online;
        }

        <T extends DockState> T dock(Class<T> kind) {
            return Await.kind(kind, () -> phone.model().state().get());
        }

        List<VoiceSnapshot.Link> links() {
            return voice.snapshot().links();
        }

        @Override
        public void close() {
            phone.close();
            session.close();
            desk.close();
            voice.close();
        }
    }

    @BeforeEach
    void sitDown(@TempDir Path folder) {
        String queue = boss.http()
                .get("/queues")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
        assertThat(boss.http()
                        .put("/queues/" + queue, Map.of("name", "General", "strategy", "ringAll", "wrapUpSeconds", 60))
                        .status())
                .isEqualTo(200);
        assertThat(boss.http()
                        .put("/queues/" + queue + "/agents", Map.of("userIds", List.of(ann.id(), ben.id())))
                        .status())
                .isEqualTo(200);
        anns = new Seat(folder, ann.email()).ready();
    }

    @AfterEach
    void leave() {
        anns.close();
        server.close();
    }

    /// @return the visitor's token
    private String visitor(String name) {
        return server.http()
                .post("/visitor/" + acme.slug() + "/calls", Map.of("name", name))
                .json()
                .path("token")
                .asText();
    }

    @Test
    void aVisitorsCallGoesFromTheRingToTheWrapUp() {
        visitor("Maria");
        Ringing ringing = anns.dock(Ringing.class);
        assertThat(ringing.offers().getFirst().call().caller().name()).isEqualTo("Maria");
        Await.until("warm", () -> anns.links().size() == 1);
        anns.phone.answer();
        anns.dock(InCall.class);
        Await.until("live", () -> anns.links().getFirst().live());
        Await.until("on call", () -> anns.state() == AgentState.ON_CALL);
        anns.phone.hold(true);
        Await.until("held", () -> anns.links().getFirst().held());
        anns.phone.notes("wants a quote");
        Await.until("saved", () -> anns.phone.model().notes().get().saved() == Notes.Saved.ON_SERVER);
        anns.phone.hangUp();
        anns.dock(WrapUp.class);
        Await.until("choices", () -> !anns.phone.model().dispositions().get().isEmpty());
        anns.phone.wrapUp(anns.phone.model().dispositions().get().getFirst().id());
        anns.dock(Idle.class);
        Await.until("available again", () -> anns.state() == AgentState.AVAILABLE);
        assertThat(anns.links()).isEmpty();
        assertThat(anns.notices).isEmpty();
    }

    @Test
    void twoAgentsWhoAnswerAtOnceGetOneCallAndTheOtherIsFree(@TempDir Path other) {
        try (Seat bens = new Seat(other, ben.email()).ready()) {
            visitor("Maria");
            anns.dock(Ringing.class);
            bens.dock(Ringing.class);
            anns.phone.answer();
            bens.phone.answer();
            Await.until(
                    "one has it",
                    () -> anns.phone.model().state().get() instanceof InCall
                            ^ bens.phone.model().state().get() instanceof InCall);
            Seat winner = anns.phone.model().state().get() instanceof InCall ? anns : bens;
            Seat loser = winner == anns ? bens : anns;
            loser.dock(Idle.class);
            Await.until("the loser's line is closed", () -> loser.links().isEmpty());
            Await.until("the loser is available", () -> loser.state() == AgentState.AVAILABLE);
            assertThat(winner.links()).hasSize(1);
            assertThat(loser.notices).allMatch(notice -> notice.code() == Notice.Code.ANSWERED_BY_OTHER);
        }
    }

    @Test
    void aVisitorWhoGoesStopsTheRingingAtOnce() {
        String token = visitor("Maria");
        anns.dock(Ringing.class);
        long gone = System.nanoTime();
        server.http(token).post("/visitor/calls/leave");
        anns.dock(Idle.class);
        LoggerFactory.getLogger(RealCallTest.class)
                .info(
                        "ringing stopped after {} ms",
                        Duration.ofNanos(System.nanoTime() - gone).toMillis());
        Await.until("closed", () -> anns.links().isEmpty());
    }

    @Test
    void aNewWindowAndAServerThatStartsAgainLeaveTheSoundAlone() {
        visitor("Maria");
        anns.dock(Ringing.class);
        anns.phone.answer();
        anns.dock(InCall.class);
        Await.until("live", () -> anns.links().getFirst().live());
        VoiceSnapshot.Link link = anns.links().getFirst();
        anns.again();
        anns.dock(InCall.class);
        Runnable start = server.pause();
        Await.until("cut", () -> !anns.online());
        assertThat(anns.phone.model().state().get()).isInstanceOf(InCall.class);
        start.run();
        Await.until("back", anns::online);
        anns.phone.hold(true);
        Await.until("the server obeys again", () -> anns.links().getFirst().held());
        assertThat(anns.links()).hasSize(1);
        assertThat(anns.links().getFirst().link()).isEqualTo(link.link());
        assertThat(anns.links().getFirst().opened()).isEqualTo(link.opened());
        anns.phone.hangUp();
        anns.dock(WrapUp.class);
    }
}
