package dev.patchbay.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.CompanyId;
import dev.patchbay.server.access.Access;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LiveUnderLoadTest {
    private LiveServer server;
    private CompanyId acme;

    @BeforeEach
    void start() {
        server = new LiveServer();
        acme = server.company("acme");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// 20 writers × 500 events, 30 cuts: every number once, in order, none missing.
    @Test
    void aConsoleThatIsCutThirtyTimesMissesNothingAndSeesNothingTwice() throws InterruptedException {
        int writers = 20;
        int each = 500;
        String pass = server.passes.agent(acme);
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < each; i++) {
                    server.happen(acme, "lead");
                }
            }));
        }
        long last = 0;
        int cuts = 0;
        LiveClient console = server.console(pass, 0);
        long stretch = 0;
        while (last < (long) writers * each) {
            JsonNode event = console.next(TimeUnit.SECONDS.toNanos(5));
            boolean cutNow = event != null && cuts < 30 && ++stretch > 300;
            if (event != null && event.path("type").asText().equals("lead.created")) {
                assertThat(event.path("seq").asLong()).isEqualTo(last + 1);
                last++;
            }
            if (event == null || cutNow) {
                // Either the test cuts the line, or the hub did because this client was too slow for a moment.
                console.cut();
                cuts++;
                stretch = 0;
                console = server.console(pass, last);
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(cuts).isGreaterThanOrEqualTo(30);
        assertThat(server.database.lastSeq(acme)).isEqualTo(last);
        console.ask("ping", null);
        assertThat(console.drain()).isEmpty();
    }

    /// 3 of 23 read nothing: they are cut, and the 20 others get every event.
    @Test
    void clientsThatDoNotReadAreCutAndTheOthersGetEverything() throws Exception {
        int events = 4_000;
        List<LiveClient> healthy = new ArrayList<>();
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Reader reader = new Reader(events);
            readers.add(reader);
            healthy.add(server.console(server.passes.agent(acme), reader));
        }
        for (Reader reader : readers) {
            assertThat(reader.welcomed.await(20, TimeUnit.SECONDS)).isTrue();
        }
        List<Socket> deaf = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            deaf.add(deaf(server.passes.agent(acme)));
        }
        String text = "x".repeat(4_000);
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < events; i++) {
                server.happen(acme, text);
                // At the pace of a busy company, not of a benchmark: a healthy client keeps up with it.
                java.util.concurrent.locks.LockSupport.parkNanos(500_000);
            }
        });
        for (Reader reader : readers) {
            assertThat(reader.last.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(reader.outOfOrder).isEmpty();
        }
        writer.join();
        assertThat(cut()).isEqualTo(3);
        assertThat(healthy).allMatch(LiveClient::isOpen);
        for (Socket socket : deaf) {
            socket.close();
        }
    }

    /// Counts a client's events and keeps none.
    private static final class Reader implements java.util.function.Consumer<JsonNode> {
        final CountDownLatch welcomed = new CountDownLatch(1);
        final CountDownLatch last;
        final List<Long> outOfOrder = new java.util.concurrent.CopyOnWriteArrayList<>();
        private long expected = 1;

        Reader(int events) {
            last = new CountDownLatch(events);
        }

        @Override
        public void accept(JsonNode frame) {
            switch (frame.path("type").asText()) {
                case "welcome" -> welcomed.countDown();
                case "lead.created" -> {
                    long seq = frame.path("seq").asLong();
                    if (seq != expected++ && outOfOrder.size() < 10) {
                        outOfOrder.add(seq);
                    }
                    last.countDown();
                }
                default -> {}
            }
        }
    }

    /// It is told why, behind what waited for it: the client comes back by resume and not as after a failure.
    @Test
    void aClientThatReadsTooLateFindsThatItWasCutWith1013() throws Exception {
        try (Socket socket = deaf(server.passes.agent(acme))) {
            String text = "x".repeat(4_000);
            for (int i = 0; i < 4_000 && cut() == 0; i++) {
                server.happen(acme, text);
                // Commits come faster than the hub reads them; what it has read shows in time.
                java.util.concurrent.locks.LockSupport.parkNanos(100_000);
            }
            socket.setSoTimeout(10_000);
            assertThat(closeCode(socket)).isEqualTo(LiveHub.TRY_AGAIN).isEqualTo(1013);
        }
        assertThat(cut()).isEqualTo(1);
    }

    private int cut() {
        return (int) server.meters.get("patchbay.live.cut").counter().count();
    }

    /// Reads to the close frame (RFC 6455 section 5.5.1).
    private static int closeCode(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            head += (char) in.readUnsignedByte();
        }
        assertThat(head).startsWith("HTTP/1.1 101");
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            if (opcode == 8) {
                return in.readUnsignedShort();
            }
            in.skipNBytes(length);
        }
    }

    /// A socket that says hello and never reads.
    private Socket deaf(String pass) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.uri().getPort()));
        String upgrade = "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
        byte[] hello = ("{\"type\":\"hello\",\"token\":\"" + pass + "\"}").getBytes(StandardCharsets.US_ASCII);
        // A masked text frame (RFC 6455 section 5.2) whose mask is all zeros.
        byte[] frame = new byte[6 + hello.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | hello.length);
        System.arraycopy(hello, 0, frame, 6, hello.length);
        socket.getOutputStream().write(frame);
        socket.getOutputStream().flush();
        long greeted = server.hub.stats().greeted();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (server.hub.stats().greeted() == greeted && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return socket;
    }

    record Count(int by) {}

    /// The same command 32 times at once over four sockets: done once, answered alike 32 times.
    @Test
    void aRepeatedCommandIsDoneOnceAndAnsweredAlike() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        server.hub.with(List.of(LiveCommand.of("count", Access.SIGNED_IN, Count.class, (_, count) -> {
            return server.database.write(acme, transaction -> {
                transaction
                        .update("update company set version = version + :by where id = :company")
                        .bind("by", count.by())
                        .execute();
                return Map.of("run", runs.incrementAndGet());
            });
        })));
        String pass = server.passes.agent(acme);
        List<LiveClient> consoles = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            consoles.add(server.console(pass));
        }
        for (int round = 0; round < 20; round++) {
            String id = "round-" + round;
            Set<String> answers = new HashSet<>();
            CountDownLatch ready = new CountDownLatch(1);
            List<Thread> senders = new ArrayList<>();
            for (LiveClient console : consoles) {
                senders.add(Thread.ofVirtual().start(() -> {
                    try {
                        ready.await();
                        for (int i = 0; i < 8; i++) {
                            console.say(new LiveClient.Sent("count", id, new Count(1)));
                        }
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            ready.countDown();
            for (Thread sender : senders) {
                sender.join();
            }
            for (LiveClient console : consoles) {
                for (int i = 0; i < 8; i++) {
                    JsonNode reply = console.await("reply");
                    assertThat(reply.path("to").asText()).isEqualTo(id);
                    answers.add(reply.path("data").toString());
                }
            }
            assertThat(answers).hasSize(1);
        }
        int version = server.database.acrossCompanies(handle -> handle.createQuery("select version from company")
                .mapTo(Integer.class)
                .one());
        assertThat(version).isEqualTo(1 + 20);
    }

    @Test
    void aFloodIsSlowedAndNothingOfItIsLost() {
        LiveClient console = server.console(server.passes.agent(acme));
        long began = System.nanoTime();
        for (int i = 0; i < 250; i++) {
            console.say(new LiveClient.Sent("ping", "p-" + i, null));
        }
        console.awaitThat("the last reply", frame -> frame.path("to").asText().equals("p-249"));
        // A burst of 200 is free, the rest comes at 50 a second.
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isGreaterThan(600);
    }

    @Test
    void eventsPastTheirTimeAreDroppedAndAClientFromBeforeIsReset() {
        java.util.concurrent.atomic.AtomicReference<java.time.Instant> now =
                new java.util.concurrent.atomic.AtomicReference<>(java.time.Instant.parse("2026-11-01T08:00:00Z"));
        InstantSource clock = now::get;
        try (LiveServer old = new LiveServer(Limits.usual(), clock)) {
            CompanyId company = old.company("old");
            for (int i = 0; i < 10; i++) {
                old.happen(company, "old " + i);
            }
            now.updateAndGet(time -> time.plus(java.time.Duration.ofDays(8)));
            old.happen(company, "new");
            try (Housekeeping housekeeping =
                    new Housekeeping(old.database, Limits.usual().kept())) {
                assertThat(housekeeping.run()).isEqualTo(10);
                assertThat(housekeeping.run()).isZero();
            }
            String pass = old.passes.agent(company);
            LiveClient before = old.client().open();
            before.say(Map.of("type", "hello", "token", pass, "after", 5));
            assertThat(before.await("reset").path("seq").asLong()).isEqualTo(11);
            LiveClient after = old.client().open();
            after.say(Map.of("type", "hello", "token", pass, "after", 10));
            assertThat(after.await("welcome").path("resumed").asBoolean()).isTrue();
            assertThat(after.await("lead.created").path("seq").asLong()).isEqualTo(11);
        }
    }
}
