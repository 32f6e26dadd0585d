package dev.patchbay.server.calls;

import dev.patchbay.model.QueueId;
import dev.patchbay.model.Strategy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A queue's rules as a transaction reads them.
///
/// @param wrapUpSeconds 0 for no wrap-up, null to wait for the agent
/// @param handleSeconds a running mean of how long a call keeps an agent, for the expected wait
/// @param shown the figures last told to consoles
record Queue(
        QueueId id,
        String name,
        Strategy strategy,
        int ringSeconds,
        @Nullable Integer wrapUpSeconds,
        boolean dispositionRequired,
        int maxWaitSeconds,
        int handleSeconds,
        Set<String> skills,
        String shown,
        long version,
        long rulesVersion) {
    Queue {
        skills = Set.copyOf(skills);
    }

    /// Whether an agent writes a call up after it.
    ///
    /// @param disposition what is known already
    boolean wrapsUp(@Nullable String disposition) {
        boolean none = wrapUpSeconds != null && wrapUpSeconds == 0;
        return !none || dispositionRequired && disposition == null;
    }
}
