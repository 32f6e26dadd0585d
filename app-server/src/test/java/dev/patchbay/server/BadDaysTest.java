package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.model.Lead;
import dev.patchbay.model.Role;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.live.LiveClient;
import dev.patchbay.server.visitor.Until;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is stopped, its database goes away, its disk is full.
class BadDaysTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private static LiveClient live(TestServer server, TestUser user) {
        LiveClient client =
                new LiveClient(URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live")).open();
        client.say(Map.of("type", "hello", "token", user.token()));
        client.await("welcome");
        return client;
    }

    private static TestHttp.Reply create(TestUser user, String name) {
        return user.http().post("/leads", Map.of("name", name, "phone", "+14155552671"));
    }

    @Test
    void aStopFinishesWhatIsUnderWayRefusesTheRestAndSaysGoodbye() throws Exception {
        TestServer server = TestServer.builder().realTime().start();
        TestUser agent = server.company("Acme").user(Role.MANAGER);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (LiveClient console = live(server, agent);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Somebody else's long transaction: the request behind it is under way until it ends.
            Future<?> holder = threads.submit(() -> server.database().acrossCompanies(handle -> {
                handle.createQuery("select seq from event_counter where company_id = :company for update")
                        .bind("company", agent.company().id().value())
                        .mapTo(Long.class)
                        .one();
                locked.countDown();
                try {
                    return release.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
            Future<TestHttp.Reply> underWay = threads.submit(() -> create(agent, "Under way"));
            Until.happens("the request is under way", LIMIT, () -> server.http()
                    .below("")
                    .get("/metrics")
                    .text()
                    // This one counts too.
                    .contains("http_server_active 2.0"));
            Future<?> stopped = threads.submit(server::close);
            assertThat(console.awaitClose()).isEqualTo(1012);
            Until.happens("others are refused", LIMIT, () -> statusOfALateOne(server) == 503);
            assertThat(underWay.isDone()).isFalse();
            release.countDown();
            holder.get();
            assertThat(underWay.get().status()).isEqualTo(201);
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    private static int statusOfALateOne(TestServer server) {
        try (Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.isEmpty() ? 0 : Integer.parseInt(answer.substring(9, 12));
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void aDatabaseThatIsAwayIsSaidAndItsReturnIsNoticedByItself() throws Exception {
        int port = freePort();
        Process database = h2(port);
        try (TestServer server = TestServer.builder()
                .with(
                        Setting.DATABASE_URL,
                        "jdbc:h2:tcp://localhost:" + port + "/./test;WRITE_DELAY=0;LOCK_TIMEOUT=5000")
                .with(Setting.DB_USER, "sa")
                .realTime()
                .start()) {
            TestUser agent = server.company("Acme").user(Role.MANAGER);
            try (LiveClient console = live(server, agent)) {
                assertThat(create(agent, "Before").status()).isEqualTo(201);
                console.await("lead.created");
                end(database);

                TestHttp.Reply refused = create(agent, "Meanwhile");
                assertThat(refused.status()).as(refused.text()).isEqualTo(503);
                assertThat(refused.header("Retry-After")).isPresent();
                assertThat(refused.error().code()).isEqualTo("UNAVAILABLE");
                TestHttp.Reply health = server.http().below("").get("/health");
                assertThat(health.status()).isEqualTo(503);
                assertThat(health.json().get("status").asText()).isEqualTo("degraded");
                assertThat(console.ask("lead.create", Map.of("name", "Meanwhile", "phone", "+14155552672"))
                                .at("/error/code")
                                .asText())
                        .isEqualTo("UNAVAILABLE");

                database = h2(port);
                Until.happens(
                        "health is well again",
                        LIMIT,
                        () -> server.http().below("").get("/health").status() == 200);
                assertThat(create(agent, "After").status()).isEqualTo(201);
                assertThat(agent.http().get("/leads").json().at("/items")).hasSize(2);
                try (LiveClient again = live(server, agent)) {
                    create(agent, "Told");
                    assertThat(again.await("lead.created").at("/data/lead/name").asText())
                            .isEqualTo("Told");
                }
            }
        } finally {
            end(database);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// A database in a process of its own, as PostgreSQL is.
    private Process h2(int port) throws Exception {
        // With our classes: the triggers of an H2 database are among them.
        String classes = Path.of(Server.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                + java.io.File.pathSeparator
                + Path.of(Main.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        "org.h2.tools.Server",
                        "-tcp",
                        "-tcpPort",
                        String.valueOf(port),
                        "-baseDir",
                        folder.toAbsolutePath().toString(),
                        "-ifNotExists")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("h2.log").toFile())
                .start();
        Until.happens("the database listens", LIMIT, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
        return process;
    }

    private static void end(Process database) throws InterruptedException {
        database.destroyForcibly();
        assertThat(database.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFullDiskIsSaidLosesNothingAndIsOverWhenThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(mounts(disk), "a small disk needs root: mount -t tmpfs");
        try {
            try (TestServer server =
                    TestServer.builder().inFolder(disk).realTime().start()) {
                TestUser agent = server.company("Acme").user(Role.MANAGER);
                Lead kept = create(agent, "Before").as(Lead.class);
                Path ballast = disk.resolve("ballast");
                fill(ballast);
                TestHttp.Reply refused = create(agent, "No room");
                for (int n = 0; refused.status() == 201 && n < 10_000; n++) {
                    refused = create(agent, "No room " + "x".repeat(150));
                }
                assertThat(refused.status()).as(refused.text()).isEqualTo(503);
                assertThat(refused.error().code()).isIn("DISK_FULL", "UNAVAILABLE");
                Until.happens(
                        "the disk is named",
                        LIMIT,
                        () -> create(agent, "Still no room").error().code().equals("DISK_FULL"));
                assertThat(create(agent, "Still no room").error().message()).contains("disk is full");

                Files.delete(ballast);
                Until.happens(
                        "there is room again",
                        LIMIT,
                        () -> create(agent, "After").status() == 201);
                assertThat(agent.http().get("/leads/" + kept.id(), Lead.class).name())
                        .isEqualTo("Before");
            }
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aServerThatFindsNoRoomAtItsStartSaysSo() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(mounts(disk), "a small disk needs root: mount -t tmpfs");
        try {
            fill(disk.resolve("ballast"));
            assertThatThrownBy(() -> PatchbayServer.start(Config.in(disk).with(Setting.PORT, "0")))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(disk.toString())
                    .hasMessageContaining("No space left");
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static boolean mounts(Path disk) throws InterruptedException {
        try {
            Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString())
                    .redirectErrorStream(true)
                    .start();
            return mount.waitFor(10, TimeUnit.SECONDS) && mount.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[4_096];
            for (int n = 0; n < 100_000; n++) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
