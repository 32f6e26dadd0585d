package dev.patchbay.server.live.socket;

/// What happens on a socket: called by one thread at a time, which must not be kept.
public interface Conversation {
    /// The handshake is done; sending works from now on.
    void opened(WebSocket socket);

    /// A whole text message. Nothing more is read until [WebSocket#resume()].
    void text(String message);

    /// A binary message, whose content is dropped.
    void binary();

    /// The client lives: it answered a ping, or sent one.
    void alive();

    /// The connection is gone; the last call.
    ///
    /// @param code as the client sent it, or else as it was sent to it; 1005 for none in its close frame, 1006
    /// without a close frame (RFC 6455 section 7.1.5)
    void closed(int code);
}
