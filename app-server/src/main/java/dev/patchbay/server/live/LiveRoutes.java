package dev.patchbay.server.live;

import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.http.Route;
import java.util.List;

/// The hub over HTTP: figures for the administrator.
public final class LiveRoutes implements Route.Feature {
    private final LiveHub hub;

    public LiveRoutes(LiveHub hub) {
        this.hub = hub;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                "/socket-stats",
                Access.needs(Permission.SYSTEM_STATUS),
                "How many live sockets are open, by company.",
                LiveStats.class,
                _ -> hub.stats()));
    }
}
