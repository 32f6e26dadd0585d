package dev.patchbay.server.http;

import dev.patchbay.model.Health;
import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.store.Database;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What tells about the server itself: `/health` and `/metrics`.
public final class ServerRoutes implements Route.Feature {
    private static final long LEAST_FREE_BYTES = 50L * 1024 * 1024;

    private final Database database;
    private final AtomicBoolean draining;
    private final InstantSource clock;
    private final Path folder;
    private final PrometheusMeterRegistry meters;
    private final @Nullable String metricsToken;

    /// @param draining whether this server is about to stop
    /// @param metricsToken what a monitor elsewhere sends to read the figures; null when none may
    public ServerRoutes(
            Database database,
            InstantSource clock,
            Path folder,
            PrometheusMeterRegistry meters,
            @Nullable String metricsToken,
            AtomicBoolean draining) {
        this.metricsToken = metricsToken;
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
                        "Figures for Prometheus: for this machine, the METRICS_TOKEN, or whoever may see the status.",
                        String.class,
                        this::metrics));
    }

    private Object metrics(Request request) {
        requireMonitor(request);
        return Answer.of(Content.text("text/plain; version=0.0.4", meters.scrape()));
    }

    /// Figures tell of companies and their load.
    private void requireMonitor(Request request) {
        switch (request.principal()) {
            case Principal.User user when user.may(Permission.SYSTEM_STATUS) -> {}
            case Principal.User _ -> throw Refusal.forbidden(Permission.SYSTEM_STATUS);
            case Principal.Visitor _ -> throw Refusal.forbidden(Permission.SYSTEM_STATUS);
            case Principal.Anonymous _ -> {
                // Behind a proxy on this machine everybody comes from this machine.
                boolean forwarded = request.header("X-Forwarded-For").isPresent()
                        || request.header("Forwarded").isPresent();
                if (!(Network.isLoopback(request.address()) && !forwarded) && !hasToken(request)) {
                    throw Refusal.unauthenticated();
                }
            }
        }
    }

    private boolean hasToken(Request request) {
        String wanted = metricsToken;
        String given = request.header("Authorization").orElse("");
        return wanted != null
                && MessageDigest.isEqual(
                        ("Bearer " + wanted).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
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
