/// From an event's commit to 500 clients, beside socket.io.
///
/// [Fanout] runs the rounds, [Ours] and [SocketIo] start the servers and speak their protocols, [Crowd] is the clients:
/// one thread, thin WebSockets, the same for both.
@NullMarked
package dev.patchbay.bench.fanout;

import org.jspecify.annotations.NullMarked;
