package dev.patchbay.desktop.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.Role;
import dev.patchbay.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The session at the companion server itself.
class RealServerTest {
    private final TestServer server = TestServer.start();
    private final FaultProxy network;
    private Desk desk;
    private Session session;
    private TestServer.TestUser ben;

    RealServerTest() throws IOException {
        network = new FaultProxy(server.url().getPort());
    }

    @BeforeEach
    void signIn(@TempDir Path folder) {
        TestServer.TestCompany acme = server.company("Acme");
        acme.user("Ann", "ann@acme.test", Role.AGENT);
        ben = acme.user("Ben", "ben@acme.test", Role.MANAGER);
        desk = new Desk(folder);
        session = desk.signIn.signIn(PretendServer.at(network.port()), "ann@acme.test", TestServer.PASSWORD);
        session.start();
        Await.until("online", this::online);
        Await.until("the leads", () -> session.stores().leads().faceNow() instanceof Table.Face.Full);
    }

    @AfterEach
    void end() throws IOException {
        session.close();
        desk.close();
        network.close();
        server.close();
    }

    private boolean online() {
        return session.live().get() instanceof LiveState.Online;
    }

    private void benAdds(String name) {
        assertThat(ben.http()
                        .post("/leads", Map.of("name", name, "email", name + "@example.com"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aColleaguesLeadAppearsAndMineIsWrittenOnceThroughACut() {
        benAdds("one");
        Await.until("it appears", () -> session.stores().leads().size() == 1);
        network.cut();
        Await.until("cut", () -> !online());
        benAdds("two");
        List<Answer> answers = new CopyOnWriteArrayList<>();
        session.keep("lead.create", Map.of("name", "mine", "email", "mine@example.com"), answers::add);
        Await.until("kept", () -> answers.size() == 1);
        assertThat(answers.getFirst()).isInstanceOf(Answer.Kept.class);
        network.mend();
        Await.until("all there", () -> session.stores().leads().size() == 3);
        // The lead is news from the server before the server's answer to the command is.
        Await.until("nothing kept", () -> session.outbox().now().equals(Outbox.Kept.NOTHING));
        assertThat(session.stores().leads().size()).isEqualTo(3);
    }

    @Test
    void aServerThatStartsAgainIsFoundAgain() {
        Runnable again = server.pause();
        Await.until("cut", () -> !online());
        again.run();
        Await.until("back", this::online);
        benAdds("after");
        Await.until("it appears", () -> session.stores().leads().size() == 1);
    }

    @Test
    void aTokenThatRunsOutIsRenewedWithoutAWord() {
        server.clock().tick(Duration.ofMinutes(20));
        List<Answer> answers = new CopyOnWriteArrayList<>();
        session.inBackground(() -> session.api().profile());
        Await.until("a command goes through", () -> {
            if (online() && answers.stream().noneMatch(Answer.Done.class::isInstance)) {
                session.ask("ping", Map.of(), answers::add);
            }
            return answers.stream().anyMatch(Answer.Done.class::isInstance);
        });
        assertThat(session.api().profile().email()).isEqualTo("ann@acme.test");
    }

    @Test
    void aLeadThatTheServerDoesNotTakeSaysWhichField() {
        List<Answer> answers = new CopyOnWriteArrayList<>();
        session.ask("lead.create", Map.of("name", "nobody", "email", "no address"), answers::add);
        Await.until("answered", () -> answers.size() == 1);
        assertThat(answers.getFirst()).isInstanceOfSatisfying(Answer.No.class, no -> assertThat(
                        no.error().errors())
                .anyMatch(error -> error.field().equals("email")));
    }
}
