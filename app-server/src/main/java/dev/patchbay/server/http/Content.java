package dev.patchbay.server.http;

import java.nio.charset.StandardCharsets;

/// An answer's body that is no JSON.
///
/// @param type the media type
/// @param bytes not copied: the maker does not change them afterwards
@SuppressWarnings("ArrayRecordComponent")
public record Content(String type, byte[] bytes) {
    public static Content text(String type, String text) {
        return new Content(type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
