package dev.patchbay.server.live;

import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// An event with its frame, written and encoded once for all who get it: what waits for five hundred clients is one
/// array and not five hundred.
///
/// @param frame JSON text in UTF-8, read-only; the payload goes in as it was stored
record OutgoingEvent(long seq, String type, Audience audience, ByteBuffer frame) {
    static OutgoingEvent of(StoredEvent event) {
        String frame = "{\"type\":\"" + event.type() + "\",\"seq\":" + event.seq() + ",\"at\":\"" + event.at()
                + "\",\"data\":" + event.payload() + "}";
        ByteBuffer encoded =
                ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
        return new OutgoingEvent(event.seq(), event.type(), event.audience(), encoded);
    }
}
