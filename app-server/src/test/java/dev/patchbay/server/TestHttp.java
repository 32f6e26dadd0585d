package dev.patchbay.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A typed HTTP client of the server under test. Paths begin with `/` and are put below `/api/v1`.
public final class TestHttp {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI server;
    private final @Nullable String token;
    private final Map<String, String> headers;
    private final String prefix;

    /// A client of any server: one in another process, for example.
    ///
    /// @param server without a slash at the end
    /// @param token null for none
    public static TestHttp at(URI server, @Nullable String token) {
        return new TestHttp(server, token);
    }

    TestHttp(URI server, @Nullable String token) {
        this(server, token, Map.of(), "/api/v1");
    }

    private TestHttp(URI server, @Nullable String token, Map<String, String> headers, String prefix) {
        this.server = server;
        this.token = token;
        this.headers = headers;
        this.prefix = prefix;
    }

    /// An answer, whatever its status.
    public record Reply(int status, String text, java.net.http.HttpHeaders headers) {
        /// @throws AssertionError when it is not a success
        public <T> T as(Class<T> type) {
            if (status < 200 || status > 299) {
                throw new AssertionError("answered " + status + ": " + text);
            }
            return Json.read(text, type);
        }

        public JsonNode json() {
            return Json.read(text, JsonNode.class);
        }

        public ErrorBody error() {
            return Json.read(text, ErrorBody.class);
        }

        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }
    }

    /// The same with a header on each request.
    public TestHttp with(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new TestHttp(server, token, Map.copyOf(more), prefix);
    }

    /// The same below another prefix, such as `/api` or nothing.
    public TestHttp below(String other) {
        return new TestHttp(server, token, headers, other);
    }

    public <T> T get(String path, Class<T> answer) {
        return get(path).as(answer);
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public <T> T post(String path, Object body, Class<T> answer) {
        return post(path, body).as(answer);
    }

    public Reply post(String path, Object body) {
        return send("POST", path, body);
    }

    public Reply post(String path) {
        return send("POST", path, null);
    }

    public <T> T put(String path, Object body, Class<T> answer) {
        return put(path, body).as(answer);
    }

    public Reply put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    /// @param body a text is sent as it is, anything else as JSON
    public Reply send(String method, String path, @Nullable Object body) {
        HttpRequest.BodyPublisher publisher =
                switch (body) {
                    case null -> HttpRequest.BodyPublishers.noBody();
                    case String text -> HttpRequest.BodyPublishers.ofString(text);
                    case byte[] bytes -> HttpRequest.BodyPublishers.ofByteArray(bytes);
                    case Object other -> HttpRequest.BodyPublishers.ofString(Json.write(other));
                };
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + prefix + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, publisher);
        List<String> names = new ArrayList<>(headers.keySet());
        if (body != null && names.stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
