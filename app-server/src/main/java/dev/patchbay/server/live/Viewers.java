package dev.patchbay.server.live;

import dev.patchbay.server.access.Principal;
import java.util.Set;

/// Which audience tokens a user holds beyond company, user and permissions: queues, offices.
///
/// Asked when a client says hello, at every check of its token and after [LiveHub#refresh].
public interface Viewers {
    /// @return tokens as [dev.patchbay.server.store.Audience] writes them, such as `queue:…`; may read the database
    Set<String> tokens(Principal.User user);
}
