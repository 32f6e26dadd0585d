package dev.patchbay.server.live;

import dev.patchbay.server.access.Principal;

/// Told by the hub when a client comes and goes. Calls and agent states follow from it.
///
/// For one principal the calls come one after the other, in the order of what happened, on a virtual thread; they may
/// block.
public interface Presence {
    /// A client came; or the last of several that takes calls has gone while others stay (`takesCalls` is false then).
    ///
    /// @param takesCalls whether any of this principal's clients can carry calls (a console with a voice process,
    /// or a visitor's page)
    void came(Principal principal, boolean takesCalls);

    /// The last of this principal's sockets has gone.
    ///
    /// @param goodbye whether the client closed it on purpose (1000, 1001)
    void went(Principal principal, boolean goodbye);
}
