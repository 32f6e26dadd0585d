package dev.patchbay.server.calls;

import dev.patchbay.model.Permission;
import dev.patchbay.server.access.Principal;
import dev.patchbay.server.access.Refusal;
import dev.patchbay.server.live.Presence;

/// Consoles and pages that come and go, as calls see it.
public final class CallPresence implements Presence {
    private final Agents agents;
    private final VisitorCalls visitors;

    public CallPresence(Agents agents, VisitorCalls visitors) {
        this.agents = agents;
        this.visitors = visitors;
    }

    @Override
    public void came(Principal principal, boolean takesCalls) {
        switch (principal) {
            case Principal.User user -> {
                if (user.may(Permission.CALLS_TAKE)) {
                    if (takesCalls) {
                        agents.consoleCame(user.company(), user.id());
                    } else {
                        // A board came, or the console went while a board stays.
                        agents.consoleWent(user.company(), user.id(), false);
                    }
                }
            }
            case Principal.Visitor visitor -> ifThere(() -> visitors.came(visitor));
            case Principal.Anonymous _ -> {}
        }
    }

    @Override
    public void went(Principal principal, boolean goodbye) {
        switch (principal) {
            case Principal.User user -> {
                if (user.may(Permission.CALLS_TAKE)) {
                    agents.consoleWent(user.company(), user.id(), goodbye);
                }
            }
            case Principal.Visitor visitor -> ifThere(() -> visitors.went(visitor));
            case Principal.Anonymous _ -> {}
        }
    }

    /// A token may outlive its call's rows.
    private static void ifThere(Runnable change) {
        try {
            change.run();
        } catch (Refusal e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }
}
