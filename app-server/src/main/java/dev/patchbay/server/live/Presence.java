package dev.patchbay.server.live;

import dev.patchbay.server.access.Principal;

/// Told by the hub when a client comes and goes, on the socket's thread. Calls and agent states follow from it.
public interface Presence {
    /// @param takesCalls whether the client can carry calls (a console with a voice process, or a visitor's page)
    void came(Principal principal, boolean takesCalls);

    /// The last of this principal's sockets has gone.
    ///
    /// @param goodbye whether the client closed it on purpose (1000, 1001)
    void went(Principal principal, boolean goodbye);
}
