package dev.patchbay.server.operations;

import dev.patchbay.server.http.Timings;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The answer of `GET /settings/system/status`.
///
/// @param status `ok`, or `degraded` when the database is away or the disk nearly full
/// @param queue what waits
/// @param carrier which carrier is configured; null for none
public record SystemStatus(
        String status,
        String version,
        Instant startedAt,
        Instant timestamp,
        DatabaseStatus database,
        List<NodeStatus> nodes,
        QueueStatus queue,
        @Nullable String carrier,
        DiskStatus disk,
        MemoryStatus memory,
        Timings.ResponseTimes responseTimes,
        List<Timings.ErrorRate> errorRate) {
    public SystemStatus {
        nodes = List.copyOf(nodes);
        errorRate = List.copyOf(errorRate);
    }

    /// @param latencyMs of a smallest query; null when it failed
    public record DatabaseStatus(
            String status, String kind, @Nullable Double latencyMs, PoolStatus pool) {}

    /// Connections; `waiting` are requests that wait for one.
    public record PoolStatus(int active, int idle, int waiting, int most) {}

    /// @param sockets live connections, another node's as of two seconds ago at most
    /// @param self whether it is the node that answers
    public record NodeStatus(
            UUID id, String name, String address, Instant startedAt, Instant lastSeenAt, int sockets, boolean self) {}

    /// @param waitingCalls calls that no agent has answered, of all companies; null while the database is away
    public record QueueStatus(@Nullable Integer waitingCalls) {}

    public record DiskStatus(long freeBytes, long totalBytes) {}

    /// @param heapMostBytes what the program may take at most
    public record MemoryStatus(long heapUsedBytes, long heapMostBytes, int processors, double systemLoad) {}
}
