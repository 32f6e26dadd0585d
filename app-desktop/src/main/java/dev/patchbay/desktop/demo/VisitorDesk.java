package dev.patchbay.desktop.demo;

import dev.patchbay.desktop.session.ServerAddress;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.IceServer;
import dev.patchbay.model.Json;
import dev.patchbay.model.VisitorCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The visitors' REST routes, as a call page uses them.
final class VisitorDesk {
    private VisitorDesk() {}

    /// What a visitor gets for calling.
    ///
    /// @param token proves to be this visitor, for this call only; never logged
    /// @param asOf the last event before the call: what comes after it is for this visitor
    record Ticket(String token, VisitorCall call, List<IceServer> iceServers, long asOf) {
        Ticket {
            iceServers = List.copyOf(iceServers);
        }

        @Override
        public String toString() {
            return "Ticket[" + call.callId() + "]";
        }
    }

    private record Company(String company, List<Topic> topics) {}

    private record Topic(String id, String name) {}

    /// @throws UncheckedIOException when the server cannot be reached, or says no (with its sentence)
    static Ticket call(ServerAddress server, String company, Caller who) {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            URI desk = server.base().resolve("/api/v1/visitor/" + company);
            Company open = send(http, HttpRequest.newBuilder(desk).build(), Company.class);
            Map<String, String> form = new LinkedHashMap<>();
            form.put("name", who.name());
            form.put("phone", who.phone());
            open.topics().stream()
                    .filter(topic -> topic.name().equals(who.topic()))
                    .findFirst()
                    .ifPresent(topic -> form.put("topic", topic.id()));
            HttpRequest request = HttpRequest.newBuilder(URI.create(desk + "/calls"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Json.write(form)))
                    .build();
            return send(http, request, Ticket.class);
        }
    }

    private static <T> T send(HttpClient http, HttpRequest request, Class<T> type) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IOException(
                        Json.read(response.body(), ErrorBody.class).message());
            }
            return Json.read(response.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
