package dev.patchbay.server.access;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.UserId;
import java.util.UUID;

/// Told when a sign-in ends before its time: sign-out, deactivation, a stolen refresh token. The live hub closes its
/// sockets (4001). Called after the commit, on the thread that caused it; returns quickly.
public interface SessionEnded {
    void ended(CompanyId company, UserId user, UUID session);

    /// What the user may do or see changed; the session goes on. Sockets must look at their user anew.
    default void accessChanged(CompanyId company, UserId user) {}
}
