package dev.patchbay.desktop.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.Json;
import dev.patchbay.model.Tokens;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/// JSON over HTTP to one server. Blocks; for virtual threads. Every failure is [Refused] or [Unreachable].
public final class RestClient implements Wire, AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String API = "/api/v1";
    private static final String PROGRAM = "Patchbay console (" + System.getProperty("os.name") + ")";
    /// More than any list page holds; an answer beyond is no answer of this server.
    private static final long MOST_BYTES = 32L << 20;

    private final ServerAddress server;
    private final OkHttpClient http;
    private volatile @Nullable Credentials credentials;

    /// @param patience how long to wait for a connection, and for the next piece of an answer
    public RestClient(ServerAddress server, Trust trust, Duration patience) {
        this.server = server;
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(patience)
                .readTimeout(patience)
                .writeTimeout(patience)
                .callTimeout(patience.multipliedBy(4))
                // A redirect would carry the token elsewhere.
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(4, 1, TimeUnit.MINUTES))
                .sslSocketFactory(trust.context().getSocketFactory(), trust.manager());
        if (trust.pinned()) {
            // The certificate itself was confirmed, whatever name it carries.
            builder.hostnameVerifier((_, session) -> {
                try {
                    Certificate[] chain = session.getPeerCertificates();
                    return chain.length > 0
                            && chain[0] instanceof X509Certificate certificate
                            && Trust.fingerprint(certificate).equals(server.pin());
                } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
                    return false;
                }
            });
        }
        http = builder.build();
    }

    public ServerAddress server() {
        return server;
    }

    void use(@Nullable Credentials next) {
        credentials = next;
    }

    Tokens renew(String refreshToken) {
        return exchange("POST", "/auth/refresh", Map.of("refreshToken", refreshToken), type(Tokens.class), null, null);
    }

    public <T> T get(String path, Class<T> type) {
        return call("GET", path, null, type(type), null);
    }

    public <T> T get(String path, TypeReference<T> type) {
        return call("GET", path, null, Json.MAPPER.constructType(type), null);
    }

    /// @param key the same key within 24 hours returns the first answer
    public <T> T post(String path, Object body, Class<T> type, String key) {
        return call("POST", path, body, type(type), key);
    }

    public <T> T put(String path, Object body, Class<T> type) {
        return call("PUT", path, body, type(type), null);
    }

    @Override
    public JsonNode get(String path) {
        return get(path, JsonNode.class);
    }

    @Override
    public JsonNode post(String path, Object body) {
        return post(path, body, JsonNode.class, UUID.randomUUID().toString());
    }

    @Override
    public JsonNode put(String path, Object body) {
        return put(path, body, JsonNode.class);
    }

    @Override
    public void delete(String path) {
        call("DELETE", path, null, type(JsonNode.class), null);
    }

    @Override
    public void delete(String path, Object body) {
        call("DELETE", path, body, type(JsonNode.class), null);
    }

    @Override
    public JsonNode upload(String path, String mediaType, String content) {
        Plain body = new Plain(MediaType.get(mediaType + "; charset=utf-8"), content);
        return call("POST", path, body, type(JsonNode.class), UUID.randomUUID().toString());
    }

    /// A body that is no JSON.
    private record Plain(MediaType type, String text) {}

    /// `?a=b&…` of what is not null, or nothing.
    static String query(Map<String, @Nullable Object> parameters) {
        String text = parameters.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + "="
                        + URLEncoder.encode(String.valueOf(entry.getValue()), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return text.isEmpty() ? "" : "?" + text;
    }

    private <T> T call(String method, String path, @Nullable Object body, JavaType type, @Nullable String key) {
        Credentials mine = credentials;
        if (mine == null) {
            return exchange(method, path, body, type, key, null);
        }
        String token = mine.access();
        try {
            return exchange(method, path, body, type, key, token);
        } catch (Refused no) {
            if (no.httpStatus() != 401) {
                throw no;
            }
            return exchange(method, path, body, type, key, mine.instead(token));
        }
    }

    private <T> T exchange(
            String method,
            String path,
            @Nullable Object body,
            JavaType type,
            @Nullable String key,
            @Nullable String token) {
        Request.Builder request = new Request.Builder()
                .url(server.base() + API + path)
                .method(method, requestBody(method, body))
                .header("Accept", "application/json")
                // What the user reads in the list of sign-ins.
                .header("User-Agent", PROGRAM);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (Response response = http.newCall(request.build()).execute()) {
            String text = text(response);
            if (!response.isSuccessful()) {
                throw new Refused(refusal(response.code(), text), response.code());
            }
            return Json.MAPPER.readValue(text.isBlank() ? "null" : text, type);
        } catch (JsonProcessingException e) {
            throw notPatchbay(e);
        } catch (IOException e) {
            throw Unreachable.because(e, server.host());
        }
    }

    private static @Nullable RequestBody requestBody(String method, @Nullable Object body) {
        if (method.equals("GET") || (method.equals("DELETE") && body == null)) {
            return null;
        }
        if (body instanceof Plain plain) {
            return RequestBody.create(plain.text(), plain.type());
        }
        return RequestBody.create(body == null ? "{}" : Json.write(body), JSON);
    }

    private String text(Response response) throws IOException {
        ResponseBody body = response.body();
        if (body.source().request(MOST_BYTES)) {
            throw notPatchbay(null);
        }
        return body.string();
    }

    private ErrorBody refusal(int status, String text) {
        try {
            ErrorBody error = Json.MAPPER.readValue(text, ErrorBody.class);
            if (error != null && error.code() != null && error.message() != null) {
                return error;
            }
        } catch (IOException | RuntimeException e) {
            // A gateway between us and the server answers in words of its own.
            if (status != 502 && status != 503 && status != 504) {
                throw notPatchbay(e);
            }
        }
        return ErrorBody.of("UNAVAILABLE", "The server cannot answer now (" + status + ").");
    }

    private Unreachable notPatchbay(@Nullable Throwable cause) {
        return new Unreachable(
                Unreachable.Reason.NOT_PATCHBAY, "What answers at " + server.text() + " is no Patchbay server.", cause);
    }

    private static JavaType type(Class<?> type) {
        return Json.MAPPER.constructType(type);
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
    }
}
