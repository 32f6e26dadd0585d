package dev.patchbay.server.reliability;

import dev.patchbay.model.Id;
import dev.patchbay.server.TestHttp;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Those who write leads while things break: what was not answered is sent again, to the next node, under the same key.
final class Writers implements AutoCloseable {
    private final List<URI> nodes;
    private final String token;
    private final long pauseNanos;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();

    Writers(int count, List<URI> nodes, String token, long pauseNanos) {
        this.nodes = nodes;
        this.token = token;
        this.pauseNanos = pauseNanos;
        for (int i = 0; i < count; i++) {
            int first = i;
            threads.add(Thread.ofVirtual().start(() -> write(first)));
        }
    }

    private void write(int first) {
        int node = first;
        while (open.get()) {
            String key = Id.next().toString();
            Map<String, Object> person = Map.of("name", key, "phone", "+14155552671");
            while (!sent(nodes.get(node % nodes.size()), key, person)) {
                node++;
                repeated.incrementAndGet();
                LockSupport.parkNanos(50_000_000);
            }
            written.incrementAndGet();
            LockSupport.parkNanos(pauseNanos);
        }
    }

    private boolean sent(URI node, String key, Map<String, Object> person) {
        try {
            TestHttp.Reply reply =
                    TestHttp.at(node, token).with("Idempotency-Key", key).post("/leads", person);
            // 409: it was done, and whoever did it died before the answer was kept.
            return reply.status() == 201
                    || reply.status() == 409 && reply.error().code().equals("ALREADY_DONE");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /// How many leads were acknowledged.
    long written() {
        return written.get();
    }

    long repeated() {
        return repeated.get();
    }

    @Override
    public void close() {
        open.set(false);
        threads.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
