package dev.patchbay.desktop.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.desktop.session.Await;
import dev.patchbay.desktop.session.ConsoleFolder;
import dev.patchbay.desktop.session.Desk;
import dev.patchbay.desktop.session.LiveState;
import dev.patchbay.desktop.session.Session;
import dev.patchbay.desktop.start.StartActions.Done;
import dev.patchbay.desktop.start.StartActions.Found;
import dev.patchbay.desktop.start.StartActions.NewServer;
import dev.patchbay.desktop.start.StartActions.Outcome;
import dev.patchbay.desktop.start.StartActions.Server;
import dev.patchbay.server.Config;
import dev.patchbay.server.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first steps with a server that is really started.
class EntranceTest {
    @Test
    void aServerIsStartedHerePinnedAndSignedInToOverTls(@TempDir Path base) {
        List<Session> arrived = new CopyOnWriteArrayList<>();
        try (Desk desk = new Desk(base);
                Entrance entrance = new Entrance(desk.signIn, desk.folder, arrived::add, _ -> {})) {
            freePort(desk.folder);
            Outcome<Server> created = entrance.create(
                    new NewServer("Acme", "Ann", "ann@acme.test", "a long enough passphrase", "127.0.0.1"), _ -> {});
            Server server = ((Outcome.Ready<Server>) created).value();
            assertThat(server.address()).startsWith("https://127.0.0.1:");

            Found found = ((Outcome.Ready<Found>) entrance.find(server.address())).value();
            assertThat(found.fingerprint()).isEqualTo(server.fingerprint());
            assertThat(entrance.connect(found)).isInstanceOf(Outcome.Ready.class);

            assertThat(entrance.signIn("ann@acme.test", "wrong")).isInstanceOf(Outcome.Refused.class);
            Outcome<Done> done = entrance.signIn("ann@acme.test", "a long enough passphrase");
            assertThat(done).isInstanceOf(Outcome.Ready.class);
            try (Session session = arrived.getFirst()) {
                session.start();
                Await.until("online over TLS", () -> session.live().get() instanceof LiveState.Online);
            }
        }
    }

    @Test
    void aBadPasswordIsSaidAtItsFieldAndNothingTypedIsLost(@TempDir Path base) {
        try (Desk desk = new Desk(base);
                Entrance entrance = new Entrance(desk.signIn, desk.folder, _ -> {}, _ -> {})) {
            freePort(desk.folder);
            Outcome<Server> refused = entrance.create(new NewServer("Acme", "Ann", "no address", "x", null), _ -> {});
            assertThat(refused).isInstanceOfSatisfying(Outcome.Refused.class, no -> assertThat(no.fields())
                    .isNotEmpty());
            Outcome<Server> second = entrance.create(
                    new NewServer("Acme", "Ann", "ann@acme.test", "a long enough passphrase", null), _ -> {});
            assertThat(second).isInstanceOf(Outcome.Ready.class);
        }
    }

    private static void freePort(ConsoleFolder folder) {
        Config.in(folder.file("server")).with(Setting.PORT, "0").save();
    }

    @Test
    void aSecondStartHandsItsArgumentsToTheFirst(@TempDir Path base) {
        ConsoleFolder folder = ConsoleFolder.at(base, "default");
        List<List<String>> heard = new CopyOnWriteArrayList<>();
        try (OneWindow first = OneWindow.open(folder, List.of(), heard::add).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(OneWindow.open(folder, List.of("tel:+4930123"), heard::add))
                    .isEmpty();
            Await.until("heard", () -> heard.contains(List.of("tel:+4930123")));
            try (OneWindow other = OneWindow.open(ConsoleFolder.at(base, "other"), List.of(), heard::add)
                    .orElseThrow()) {
                assertThat(other).isNotNull();
            }
        }
        try (OneWindow again = OneWindow.open(folder, List.of(), heard::add).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }
}
