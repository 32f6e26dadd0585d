package dev.patchbay.server.live;

import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.http.Route;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The hub over HTTP: figures for the administrator.
public final class LiveRoutes implements Route.Feature {
    private final LiveHub hub;
    private final Supplier<Map<String, Integer>> byNode;

    /// @param byNode the open sockets of every node
    public LiveRoutes(LiveHub hub, Supplier<Map<String, Integer>> byNode) {
        this.hub = hub;
        this.byNode = byNode;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                "/socket-stats",
                Access.needs(Permission.SYSTEM_STATUS),
                "How many people and live sockets are connected, by node and company.",
                LiveStats.class,
                _ -> hub.stats().with(byNode.get())));
    }
}
