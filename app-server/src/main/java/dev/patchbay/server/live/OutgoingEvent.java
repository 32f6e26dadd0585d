package dev.patchbay.server.live;

import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.StoredEvent;

/// An event with its frame, written once for all who get it.
///
/// @param frame JSON text; the payload goes in as it was stored
record OutgoingEvent(long seq, String type, Audience audience, String frame) {
    static OutgoingEvent of(StoredEvent event) {
        String frame = "{\"type\":\"" + event.type() + "\",\"seq\":" + event.seq() + ",\"at\":\"" + event.at()
                + "\",\"data\":" + event.payload() + "}";
        return new OutgoingEvent(event.seq(), event.type(), event.audience(), frame);
    }
}
