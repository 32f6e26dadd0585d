package dev.patchbay.server.calls;

import java.time.Duration;

/// How long the server waits for whom. In one place, because they only make sense together: an agent's console is given
/// up sooner than a caller.
final class Deadlines {
    /// An agent's console has gone while idle or ringing: the call is offered elsewhere.
    static final Duration CONSOLE = Duration.ofSeconds(10);
    /// An agent's console has gone in a call, whose audio goes on without the server.
    static final Duration CONSOLE_IN_CALL = Duration.ofSeconds(60);
    /// A caller's page has gone while waiting.
    static final Duration CALLER_WAITING = Duration.ofSeconds(15);
    /// A caller's page has gone in a call, whose audio may go on.
    static final Duration CALLER_IN_CALL = Duration.ofSeconds(45);
    /// The page said that it is being left; a reload comes back within this.
    static final Duration CALLER_AWAY = Duration.ofSeconds(10);
    /// Added once for a page that has just asked for a call and still opens its socket.
    static final Duration FIRST_CONTACT = Duration.ofSeconds(15);
    /// Added after a start of the server, when everybody has to come back.
    static final Duration RESTART = Duration.ofSeconds(15);
    /// A call that was assigned to an agent who does not get free: it goes back to everybody.
    static final Duration ASSIGNED = Duration.ofSeconds(60);
    /// Added to a wrap-up, once, where the queue has no length of its own.
    static final Duration EXTENSION = Duration.ofSeconds(60);

    private Deadlines() {}
}
