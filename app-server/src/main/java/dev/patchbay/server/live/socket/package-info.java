/// WebSockets (RFC 6455) on Jetty's connections, for a hub that sends the same bytes to many.
///
/// [Handshake] takes over the connection of an upgrade; from then on [WebSocket] reads it, [Outbox] writes it and
/// [FrameReader] knows the frames. Not Jetty's own WebSocket, which makes a header, a queue entry and a copy for each
/// frame and client: here whoever sends brings whole encoded frames, also several in a row, and many sockets write
/// from the same direct buffer. No extensions: permessage-deflate costs 100 kB of native memory a connection.
///
/// Threads: reading happens on Jetty's threads or on the one that resumes; never on two at once. Sending happens on
/// any thread, never blocks and is ordered by the socket's lock.
/// Never: a frame inside another; a send that waits for the client; a [Conversation] called while the lock is held.
/// Start reading at [WebSocket].
@NullMarked
package dev.patchbay.server.live.socket;

import org.jspecify.annotations.NullMarked;
