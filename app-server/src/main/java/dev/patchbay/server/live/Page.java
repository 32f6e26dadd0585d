package dev.patchbay.server.live;

import dev.patchbay.server.live.socket.Frames;
import dev.patchbay.server.store.Audience;
import dev.patchbay.server.store.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Events with their frames, written and encoded once for all who get them: what waits for five hundred clients is one
/// piece of memory, and events in a row that a client may see leave in one write.
///
/// @param frames the events' frames one behind the other; read-only
record Page(List<Entry> entries, ByteBuffer frames) {
    /// One event's place in the page.
    ///
    /// @param thing the first word of its type, by which clients ask for topics
    record Entry(long seq, String thing, Audience audience, int start, int end) {}

    /// @param room gives an empty buffer with so many bytes
    static Page of(List<StoredEvent> events, IntFunction<ByteBuffer> room) {
        List<byte[]> texts = new ArrayList<>(events.size());
        int bytes = 0;
        for (StoredEvent event : events) {
            byte[] text = text(event);
            texts.add(text);
            bytes += text.length + Frames.HEAD_BYTES;
        }
        ByteBuffer frames = room.apply(bytes);
        List<Entry> entries = new ArrayList<>(events.size());
        for (int i = 0; i < texts.size(); i++) {
            StoredEvent event = events.get(i);
            int start = frames.position();
            Frames.putText(frames, texts.get(i));
            entries.add(new Entry(event.seq(), Topics.thing(event.type()), event.audience(), start, frames.position()));
        }
        return new Page(entries, frames.flip().asReadOnlyBuffer());
    }

    /// The payload goes in as it was stored.
    private static byte[] text(StoredEvent event) {
        String text = "{\"type\":\"" + event.type() + "\",\"seq\":" + event.seq() + ",\"at\":\"" + event.at()
                + "\",\"data\":" + event.payload() + "}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The number of the last event; 0 without any.
    long last() {
        return entries.isEmpty() ? 0 : entries.getLast().seq();
    }

    /// The frames from one place to another, in a buffer of its own.
    ByteBuffer slice(int start, int end) {
        return frames.slice(start, end - start);
    }
}
