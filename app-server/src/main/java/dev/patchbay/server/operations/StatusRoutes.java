package dev.patchbay.server.operations;

import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.http.Route;
import dev.patchbay.server.http.Timings;
import dev.patchbay.server.live.LiveHub;
import dev.patchbay.server.nodes.Nodes;
import dev.patchbay.server.store.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `GET /settings/system/status`, for administrators of the installation.
public final class StatusRoutes implements Route.Feature {
    private static final long LEAST_FREE_BYTES = 50L * 1024 * 1024;

    private final String version;
    private final Database database;
    private final Path folder;
    private final LiveHub hub;
    private final Nodes nodes;
    private final Timings timings;
    private final MeterRegistry meters;
    private final @Nullable String carrier;
    private final Instant startedAt;

    /// @param folder whose disk is looked at
    /// @param carrier which carrier is configured; null for none
    public StatusRoutes(
            String version,
            Database database,
            Path folder,
            LiveHub hub,
            Nodes nodes,
            Timings timings,
            MeterRegistry meters,
            @Nullable String carrier) {
        this.version = version;
        this.database = database;
        this.folder = folder;
        this.hub = hub;
        this.nodes = nodes;
        this.timings = timings;
        this.meters = meters;
        this.carrier = carrier;
        this.startedAt = database.now();
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                "/settings/system/status",
                Access.needs(Permission.SYSTEM_STATUS),
                "Tells how the server does: database, nodes, queue, disk, memory, response times and errors.",
                SystemStatus.class,
                _ -> status()));
    }

    private SystemStatus status() {
        SystemStatus.DatabaseStatus asked = database();
        SystemStatus.DiskStatus disk = disk();
        boolean well = asked.status().equals("ok") && disk.freeBytes() >= LEAST_FREE_BYTES;
        return new SystemStatus(
                well ? "ok" : "degraded",
                version,
                startedAt,
                database.now(),
                asked,
                running(),
                new SystemStatus.QueueStatus(asked.latencyMs() == null ? null : waitingCalls()),
                carrier,
                disk,
                memory(),
                timings.responseTimes(),
                timings.errorRate());
    }

    private SystemStatus.DatabaseStatus database() {
        String kind = String.valueOf(database.dialect());
        long start = System.nanoTime();
        try {
            database.acrossCompanies(handle ->
                    handle.createQuery("select 1").mapTo(Integer.class).one());
            double took = Math.round((System.nanoTime() - start) / 10_000.0) / 100.0;
            return new SystemStatus.DatabaseStatus("ok", kind, took, pool());
        } catch (RuntimeException e) {
            return new SystemStatus.DatabaseStatus("away", kind, null, pool());
        }
    }

    private SystemStatus.PoolStatus pool() {
        return new SystemStatus.PoolStatus(
                gauge("hikaricp.connections.active"),
                gauge("hikaricp.connections.idle"),
                gauge("hikaricp.connections.pending"),
                gauge("hikaricp.connections.max"));
    }

    private int gauge(String name) {
        return (int)
                meters.find(name).gauges().stream().mapToDouble(Gauge::value).sum();
    }

    private List<SystemStatus.NodeStatus> running() {
        try {
            return nodes.running().stream()
                    .map(node -> new SystemStatus.NodeStatus(
                            node.id(),
                            node.name(),
                            node.address(),
                            node.startedAt(),
                            node.beatAt(),
                            node.self() ? hub.stats().connections() : node.sockets(),
                            node.self()))
                    .toList();
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    /// Open sockets of every node.
    public Map<String, Integer> sockets() {
        Map<String, Integer> sockets = new TreeMap<>();
        nodes.running()
                .forEach(node ->
                        sockets.put(node.label(), node.self() ? hub.stats().connections() : node.sockets()));
        return sockets;
    }

    private @Nullable Integer waitingCalls() {
        try {
            return database.acrossCompanies(
                    handle -> handle.createQuery("select count(*) from call where status in ('queued', 'ringing')")
                            .mapTo(Integer.class)
                            .one());
        } catch (RuntimeException e) {
            return null;
        }
    }

    private SystemStatus.DiskStatus disk() {
        try {
            FileStore disk = Files.getFileStore(folder);
            return new SystemStatus.DiskStatus(disk.getUsableSpace(), disk.getTotalSpace());
        } catch (IOException e) {
            return new SystemStatus.DiskStatus(0, 0);
        }
    }

    private static SystemStatus.MemoryStatus memory() {
        Runtime runtime = Runtime.getRuntime();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return new SystemStatus.MemoryStatus(
                runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory(), runtime.availableProcessors(), load);
    }
}
