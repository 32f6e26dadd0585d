package dev.patchbay.server.visitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.model.Json;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A company with one agent that behaves as the companion server does towards the call page and the agent's live link:
/// a numbered log with audiences, resume, a queue, offers, and answers that are given once. One lock guards it all.
final class CompanySimulator implements AutoCloseable {
    static final String AGENT_TOKEN = "agent-token";
    static final String COMPANY = "demo";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:;"
                    + " media-src 'self' blob:; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors *";

    /// What one visitor's call is here.
    private static final class Line {
        final String id = UUID.randomUUID().toString();
        final String visitor = UUID.randomUUID().toString();
        final String agent = UUID.randomUUID().toString();
        final String token = "visitor-" + UUID.randomUUID();
        String name = "";
        String status = "queued";

        @Nullable
        String endReason;

        @Nullable
        Integer rating;

        int position;
        long version = 1;
    }

    private record Event(long seq, String audience, String type, JsonNode data) {}

    private final String companyName;
    private final List<Event> log = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<WsContext, String> audiences = new HashMap<>();
    private final Map<String, JsonNode> answers = new HashMap<>();
    private final List<JsonNode> commands = new ArrayList<>();
    private final Javalin server;
    private boolean agentIsHere;
    private int refusals;

    CompanySimulator(String companyName) {
        this.companyName = companyName;
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/health", ctx -> ctx.json(Map.of("status", "ok")));
                    config.routes.get("/call/{slug}", ctx -> file(ctx, "page.html"));
                    config.routes.get("/widget.js", ctx -> file(ctx, "widget.js"));
                    config.routes.get("/visitor/<path>", ctx -> file(ctx, ctx.pathParam("path")));
                    config.routes.get("/api/v1/visitor/calls/current", this::current);
                    config.routes.post("/api/v1/visitor/calls/leave", this::leave);
                    config.routes.get("/api/v1/visitor/{slug}", this::company);
                    config.routes.post("/api/v1/visitor/{slug}/calls", this::start);
                    config.routes.ws("/live", ws -> {
                        ws.onMessage(ctx -> heard(ctx, Json.read(ctx.message(), JsonNode.class)));
                        ws.onClose(ctx -> closed(ctx));
                    });
                })
                .start("127.0.0.1", 0);
    }

    String address() {
        return "http://127.0.0.1:" + server.port();
    }

    int port() {
        return server.port();
    }

    /// Lets the next `count` calls be refused as a flood.
    synchronized void refuseNext(int count) {
        refusals = count;
    }

    /// The commands of this type so far, as they were sent.
    synchronized List<JsonNode> commands(String type) {
        return commands.stream()
                .filter(command -> command.path("type").asText().equals(type))
                .toList();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void file(Context ctx, String name) throws IOException {
        try (InputStream in = CompanySimulator.class.getResourceAsStream("/visitor/" + name)) {
            if (in == null || name.contains("..")) {
                ctx.status(404);
                return;
            }
            String type = name.substring(name.lastIndexOf('.') + 1);
            ctx.contentType(
                    switch (type) {
                        case "html" -> "text/html; charset=utf-8";
                        case "css" -> "text/css; charset=utf-8";
                        case "js" -> "text/javascript; charset=utf-8";
                        case "json" -> "application/json";
                        default -> "application/octet-stream";
                    });
            ctx.header("Content-Security-Policy", POLICY);
            ctx.header("X-Content-Type-Options", "nosniff");
            ctx.result(in.readAllBytes());
        }
    }

    private void company(Context ctx) {
        if (!ctx.pathParam("slug").equals(COMPANY)) {
            refuse(ctx, 404, "NOT_FOUND", "There is no such company.");
            return;
        }
        answer(
                ctx,
                200,
                Map.of(
                        "company",
                        companyName,
                        "open",
                        true,
                        "languages",
                        List.of("en", "de"),
                        "topics",
                        List.of(
                                Map.of("id", "q1", "name", "Sales"),
                                Map.of("id", "q2", "name", "Orders & <b>returns</b>"))));
    }

    private synchronized void start(Context ctx) {
        if (refusals > 0) {
            refusals--;
            ctx.header("Retry-After", "20");
            refuse(ctx, 429, "TOO_MANY_REQUESTS", "Too many calls.");
            return;
        }
        JsonNode body = Json.read(ctx.body(), JsonNode.class);
        Line line = new Line();
        line.name = body.path("name").asText();
        lines.add(line);
        place();
        answer(
                ctx,
                201,
                Map.of(
                        "token",
                        line.token,
                        "call",
                        view(line),
                        "iceServers",
                        List.of(),
                        "expiresIn",
                        3600,
                        "asOf",
                        log.size()));
        offer();
    }

    private synchronized void current(Context ctx) {
        Line line = line(String.valueOf(ctx.header("Authorization")).replace("Bearer ", ""));
        if (line == null) {
            refuse(ctx, 401, "UNAUTHENTICATED", "Sign in.");
            return;
        }
        answer(ctx, 200, view(line));
    }

    private synchronized void leave(Context ctx) {
        Line line = line(Json.read(ctx.body(), JsonNode.class).path("token").asText());
        if (line != null && (line.status.equals("queued") || line.status.equals("ringing"))) {
            end(line, "abandoned", "callerHangup");
        }
        ctx.status(204);
    }

    private synchronized void heard(WsContext ctx, JsonNode frame) {
        String type = frame.path("type").asText();
        if (type.equals("hello")) {
            hello(ctx, frame);
            return;
        }
        String audience = audiences.get(ctx);
        if (audience == null) {
            return;
        }
        String key = audience + "/" + frame.path("id").asText();
        JsonNode first = answers.get(key);
        if (first == null) {
            first = reply(frame, obey(audience, type, frame.path("data")));
            answers.put(key, first);
            commands.add(frame);
        }
        ctx.send(Json.write(first));
    }

    private void hello(WsContext ctx, JsonNode hello) {
        String token = hello.path("token").asText();
        Line line = line(token);
        String audience = token.equals(AGENT_TOKEN) ? "agent" : line == null ? null : line.visitor;
        if (audience == null) {
            ctx.send(
                    "{\"type\":\"error\",\"error\":{\"status\":\"error\",\"code\":\"UNAUTHENTICATED\",\"message\":\"No.\"}}");
            ctx.closeSession();
            return;
        }
        audiences.put(ctx, audience);
        long after = hello.path("after").asLong(log.size());
        ctx.send(Json.write(Map.of("type", "welcome", "seq", log.size(), "resumed", true, "now", Instant.now())));
        for (Event event : log.subList((int) Math.min(after, log.size()), log.size())) {
            if (event.audience.equals(audience)) {
                ctx.send(frame(event));
            }
        }
    }

    private synchronized void closed(WsContext ctx) {
        audiences.remove(ctx);
    }

    private Map<String, Object> obey(String audience, String type, JsonNode data) {
        boolean isAgent = audience.equals("agent");
        Line line = lines.stream()
                .filter(each -> each.id.equals(data.path("call").asText()))
                .findFirst()
                .orElse(null);
        switch (type) {
            case "agent.setState" -> {
                agentIsHere = data.path("state").asText().equals("available");
                offer();
            }
            case "signal.send" -> {
                String to = data.path("to").asText();
                boolean toVisitor = lines.stream().anyMatch(each -> each.visitor.equals(to));
                emit(toVisitor ? to : "agent", "participant.signalled", Map.of("signal", data));
            }
            default -> {
                if (line != null) {
                    act(line, type, data, isAgent);
                }
            }
        }
        return Map.of();
    }

    private void act(Line line, String type, JsonNode data, boolean isAgent) {
        switch (type) {
            case "call.answer" -> {
                line.status = "active";
                place();
                changed(line, "call.answered");
            }
            case "call.hold" -> {
                line.status = "held";
                changed(line, "call.held");
            }
            case "call.resume" -> {
                line.status = "active";
                changed(line, "call.resumed");
            }
            case "call.hangup" ->
                end(
                        line,
                        line.status.equals("active") || line.status.equals("held") ? "closed" : "abandoned",
                        isAgent ? "agentHangup" : "callerHangup");
            case "call.rate" -> {
                line.rating = data.path("stars").asInt();
                changed(line, "call.updated");
            }
            case "call.mute" -> changed(line, "participant.muted");
            default -> {
                // Told for the record only: `commands` has it.
            }
        }
    }

    private void offer() {
        boolean busy = lines.stream()
                .anyMatch(line -> List.of("ringing", "active", "held").contains(line.status));
        if (!agentIsHere || busy) {
            return;
        }
        lines.stream().filter(line -> line.status.equals("queued")).findFirst().ifPresent(line -> {
            line.status = "ringing";
            changed(line, "call.ringing");
            emit(
                    "agent",
                    "call.offered",
                    Map.of(
                            "offer",
                            Map.of(
                                    "call",
                                    call(line),
                                    "me",
                                    line.agent,
                                    "peer",
                                    line.visitor,
                                    "iceServers",
                                    List.of(),
                                    "ringUntil",
                                    Instant.now().plus(Duration.ofSeconds(30)))));
        });
    }

    private void end(Line line, String status, String reason) {
        if (line.endReason != null) {
            return;
        }
        line.status = status;
        line.endReason = reason;
        changed(line, "call.ended");
        place();
        offer();
    }

    /// Gives those who wait their places anew, and tells only those whose place changed.
    private void place() {
        int place = 0;
        for (Line line : lines) {
            int now = line.status.equals("queued") || line.status.equals("ringing") ? ++place : 0;
            if (line.position != now) {
                line.position = now;
                line.version++;
                emit(line.visitor, "visitor.updated", Map.of("call", view(line)));
            }
        }
    }

    private void changed(Line line, String type) {
        line.version++;
        emit("agent", type, Map.of("call", call(line)));
        emit(line.visitor, "visitor.updated", Map.of("call", view(line)));
    }

    private void emit(String audience, String type, Object data) {
        Event event = new Event(log.size() + 1, audience, type, Json.tree(data));
        log.add(event);
        audiences.forEach((socket, name) -> {
            if (name.equals(audience) && socket.session.isOpen()) {
                socket.send(frame(event));
            }
        });
    }

    private @Nullable Line line(String token) {
        return lines.stream()
                .filter(line -> line.token.equals(token))
                .findFirst()
                .orElse(null);
    }

    private static JsonNode view(Line line) {
        boolean answered = line.status.equals("active") || line.status.equals("held");
        ObjectNode view = Json.MAPPER.createObjectNode();
        view.put("callId", line.id)
                .put("me", line.visitor)
                .put("position", line.position)
                .put("version", line.version);
        view.put(
                "status",
                line.endReason != null
                        ? "ended"
                        : line.status.equals("held") ? "held" : answered ? "connected" : "waiting");
        if (line.position > 0) {
            view.put("expectedWaitSeconds", 100 * line.position);
        }
        if (answered) {
            view.put("agentName", "Maria").put("peer", line.agent);
        }
        view.put("endReason", line.endReason).put("rating", line.rating);
        return view;
    }

    private static JsonNode call(Line line) {
        ObjectNode call = Json.MAPPER.createObjectNode();
        call.put("id", line.id).put("status", line.status).put("version", line.version);
        call.put("endReason", line.endReason).put("rating", line.rating);
        call.putObject("caller").put("name", line.name);
        return call;
    }

    private static JsonNode reply(JsonNode command, Object data) {
        return Json.tree(Map.of("type", "reply", "to", command.path("id").asText(), "data", data));
    }

    private static String frame(Event event) {
        return Json.write(Map.of("type", event.type, "seq", event.seq, "at", Instant.now(), "data", event.data));
    }

    private static void answer(Context ctx, int status, Object body) {
        ctx.status(status).contentType("application/json").result(Json.write(body));
    }

    private static void refuse(Context ctx, int status, String code, String message) {
        answer(
                ctx,
                status,
                Map.of(
                        "status",
                        "error",
                        "code",
                        code,
                        "message",
                        Objects.requireNonNull(message),
                        "errors",
                        List.of()));
    }
}
