package dev.patchbay.server.http;

import dev.patchbay.model.Health;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.store.Database;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// What tells about the server itself: `/health` and `/metrics`.
public final class ServerRoutes implements Route.Feature {
    private static final long LEAST_FREE_BYTES = 50L * 1024 * 1024;

    private final Database database;
    private final AtomicBoolean draining;
    private final InstantSource clock;
    private final Path folder;
    private final PrometheusMeterRegistry meters;

    /// @param draining whether this server is about to stop
    public ServerRoutes(
            Database database,
            InstantSource clock,
            Path folder,
            PrometheusMeterRegistry meters,
            AtomicBoolean draining) {
        this.draining = draining;
        this.database = database;
        this.clock = clock;
        this.folder = folder;
        this.meters = meters;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/health", Access.ANYBODY, "Tells whether the server can work.", Health.class, _ -> health()),
                Route.get(
                        "/metrics",
                        Access.ANYBODY,
                        "Figures for Prometheus.",
                        String.class,
                        _ -> Answer.of(Content.text("text/plain; version=0.0.4", meters.scrape()))));
    }

    private Object health() {
        if (draining.get()) {
            Health leaving = new Health("draining", clock.instant(), "the server is about to stop");
            return new Answer(503, leaving, java.util.Map.of("Retry-After", "5"));
        }
        Optional<String> trouble = trouble();
        Health health = new Health(trouble.isEmpty() ? "ok" : "degraded", clock.instant(), trouble.orElse(null));
        return trouble.isEmpty() ? health : new Answer(503, health, java.util.Map.of("Retry-After", "2"));
    }

    private Optional<String> trouble() {
        try {
            database.acrossCompanies(handle ->
                    handle.createQuery("select 1").mapTo(Integer.class).one());
        } catch (RuntimeException e) {
            return Optional.of("the database cannot be reached");
        }
        try {
            if (Files.getFileStore(folder).getUsableSpace() < LEAST_FREE_BYTES) {
                return Optional.of("the disk of the data folder is nearly full");
            }
        } catch (IOException e) {
            return Optional.of("the data folder cannot be reached");
        }
        return Optional.empty();
    }
}
