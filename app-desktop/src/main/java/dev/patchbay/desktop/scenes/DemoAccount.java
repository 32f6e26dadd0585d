package dev.patchbay.desktop.scenes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.desktop.session.Refused;
import dev.patchbay.desktop.session.Wire;
import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.FieldError;
import dev.patchbay.model.Json;
import java.util.ArrayList;
import java.util.List;

/// One person's account in memory, with a server's behaviour: a password that must be known, a second factor that
/// counts once a code has confirmed it, sign-ins that end. For pictures and for tests of the profile.
public final class DemoAccount implements Wire {
    /// The one code that the demo's authenticator shows.
    public static final String CODE = "287082";

    private final List<ObjectNode> sessions = new ArrayList<>();
    private String name = "Anna Keller";
    private String password = "sunny roofs 12";
    private boolean begun;
    private boolean enabled;

    public DemoAccount() {
        session("s1", "Patchbay console (Linux)", "192.0.2.17", "2026-11-20T14:01:00Z", true);
        session(
                "s2",
                "Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36",
                "192.0.2.44",
                "2026-11-20T11:20:00Z",
                false);
        session(
                "s3",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) Safari/604.1",
                "203.0.113.9",
                "2026-11-19T17:48:00Z",
                false);
    }

    private void session(String id, String device, String address, String used, boolean current) {
        sessions.add(Json.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("device", device)
                .put("address", address)
                .put("lastUsedAt", used)
                .put("current", current));
    }

    public synchronized String name() {
        return name;
    }

    public synchronized boolean enabled() {
        return enabled;
    }

    public synchronized int signIns() {
        return sessions.size();
    }

    @Override
    public synchronized JsonNode get(String path) {
        return switch (path) {
            case "/auth/totp" -> Json.MAPPER.createObjectNode().put("enabled", enabled);
            case "/auth/sessions" -> {
                ObjectNode page = Json.MAPPER.createObjectNode();
                sessions.forEach(page.putArray("items")::add);
                yield page;
            }
            case "/auth/license" ->
                Json.MAPPER
                        .createObjectNode()
                        .put("plan", "Team")
                        .put("expiresAt", "2027-06-30T21:59:00Z")
                        .put("expired", false);
            default -> throw gone();
        };
    }

    @Override
    public synchronized JsonNode post(String path, Object body) {
        ObjectNode sent = Json.MAPPER.valueToTree(body);
        ObjectNode answer = Json.MAPPER.createObjectNode();
        switch (path) {
            case "/auth/password" -> {
                require("current", sent.path("current").asText());
                if (sent.path("password").asText().length() < 8) {
                    throw wrong("password", "A password needs at least 8 characters.");
                }
                password = sent.path("password").asText();
                sessions.removeIf(session -> !session.path("current").asBoolean());
            }
            case "/auth/totp" -> {
                require("password", sent.path("password").asText());
                begun = true;
                answer.put("secret", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
                answer.put(
                        "uri",
                        "otpauth://totp/Patchbay:anna@demo.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Patchbay");
                var codes = answer.putArray("recoveryCodes");
                List.of(
                                "KRUG-S4ZA-NFZS-A5DI-MUQG-4ZLY",
                                "ORSX-G5BA-MNXW-IZJA-MZXX-EIDB",
                                "NZSC-A5DI-MUQG-K3TE-EBXW-MIDU",
                                "MUQH-O33S-NRSC-AYLT-EB3W-KIDL")
                        .forEach(codes::add);
            }
            case "/auth/totp/confirm" -> {
                if (!begun || !sent.path("code").asText().equals(CODE)) {
                    throw wrong("code", "That is not the code of this moment. Is the phone's clock right?");
                }
                enabled = true;
            }
            default -> throw gone();
        }
        return answer;
    }

    @Override
    public synchronized JsonNode put(String path, Object body) {
        ObjectNode sent = Json.MAPPER.valueToTree(body);
        if (sent.has("name")) {
            name = sent.path("name").asText();
        }
        return sent;
    }

    @Override
    public synchronized void delete(String path) {
        if (path.equals("/auth/sessions")) {
            sessions.removeIf(session -> !session.path("current").asBoolean());
        } else if (!sessions.removeIf(
                session -> path.equals("/auth/sessions/" + session.path("id").asText()))) {
            throw gone();
        }
    }

    @Override
    public synchronized void delete(String path, Object body) {
        require(
                "password",
                Json.MAPPER.<ObjectNode>valueToTree(body).path("password").asText());
        begun = false;
        enabled = false;
    }

    @Override
    public JsonNode upload(String path, String mediaType, String content) {
        throw gone();
    }

    private void require(String field, String given) {
        if (!given.equals(password)) {
            throw wrong(field, "The password is wrong.");
        }
    }

    private static Refused wrong(String field, String message) {
        return new Refused(
                new ErrorBody(
                        "error",
                        message,
                        "VALIDATION_ERROR",
                        List.of(new FieldError(field, message, "VALIDATION_ERROR")),
                        null),
                400);
    }

    private static Refused gone() {
        return new Refused(ErrorBody.of("NOT_FOUND", "There is no such thing."), 404);
    }
}
