package dev.patchbay.desktop.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.Json;

/// How a command went.
public sealed interface Answer {

    /// It is done.
    ///
    /// @param data what the server answered; a JSON null when nothing
    record Done(JsonNode data) implements Answer {
        public <T> T as(Class<T> type) {
            return Json.convert(data, type);
        }
    }

    /// The server says no.
    record No(ErrorBody error) implements Answer {}

    /// The server is out of reach; the command is on disk and will be sent, once, when it is back.
    record Kept(String id) implements Answer {}

    /// The server is out of reach and the command makes no sense later. It was not done, or (when the line broke in
    /// between) may have been: the next state from the server tells.
    record Failed(Unreachable why) implements Answer {}
}
