package dev.patchbay.desktop.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.ErrorBody;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something the agent changed that the server has not taken yet.
///
/// @param id of the command; the server does one id once
/// @param topic what it is about; an unsent change of the same topic is replaced by a newer one. Empty: never replaced
/// @param refused why the server does not take it; null while it waits
public record Change(
        String id,
        String type,
        JsonNode data,
        String topic,
        Instant at,
        @Nullable ErrorBody refused) {
    Change refused(@Nullable ErrorBody why) {
        return new Change(id, type, data, topic, at, why);
    }
}
