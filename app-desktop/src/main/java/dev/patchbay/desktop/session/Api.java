package dev.patchbay.desktop.session;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallId;
import dev.patchbay.model.Health;
import dev.patchbay.model.IceServer;
import dev.patchbay.model.Lead;
import dev.patchbay.model.LeadId;
import dev.patchbay.model.Me;
import dev.patchbay.model.Offer;
import dev.patchbay.model.Page;
import dev.patchbay.model.ParticipantId;
import dev.patchbay.model.QueueView;
import dev.patchbay.model.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the server offers over REST, typed. Blocks; for virtual threads. Fails with [Refused] or [Unreachable].
public final class Api {
    /// The most that the server gives at once.
    private static final int PAGE = 200;

    private final RestClient rest;

    public Api(RestClient rest) {
        this.rest = rest;
    }

    /// A way to end a call, as the company names it.
    public record Disposition(
            String id, String name, @Nullable String key) {}

    /// Why an agent is away.
    public record BreakReason(String id, String name) {}

    /// All a console needs after a start: what rings, the call that goes on, and how to reach its other side.
    public record Mine(
            @Nullable List<Offer> offers,
            @Nullable Call call,
            @Nullable List<MyLink> links) {}

    /// @param peer whom to connect with
    public record MyLink(
            CallId callId,
            ParticipantId me,
            ParticipantId peer,
            @Nullable List<IceServer> iceServers) {}

    public RestClient rest() {
        return rest;
    }

    Tokens login(String email, String password, @Nullable String code) {
        Map<String, String> body = code == null
                ? Map.of("email", email, "password", password)
                : Map.of("email", email, "password", password, "code", code);
        return rest.post("/auth/login", body, Tokens.class, UUID.randomUUID().toString());
    }

    void logout(String refreshToken) {
        rest.post(
                "/auth/logout",
                Map.of("refreshToken", refreshToken),
                JsonNode.class,
                UUID.randomUUID().toString());
    }

    public Me profile() {
        return rest.get("/auth/profile", Me.class);
    }

    public Health health() {
        return rest.get("/health", Health.class);
    }

    public Mine mine() {
        return rest.get("/calls/mine", Mine.class);
    }

    public CallDetails call(CallId id) {
        return rest.get("/calls/" + id, CallDetails.class);
    }

    /// One page of calls, newest first for what is over.
    ///
    /// @param view `waiting`, `active`, `history` or `missed`
    /// @param search in names and numbers; null for all
    /// @param after the cursor of the page before; null for the first
    public Page<Call> calls(String view, @Nullable String search, @Nullable String after, int limit) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("view", view);
        parameters.put("q", search);
        parameters.put("after", after);
        parameters.put("limit", limit);
        return rest.get("/calls" + RestClient.query(parameters), new TypeReference<>() {});
    }

    public Lead lead(LeadId id) {
        return rest.get("/leads/" + id, Lead.class);
    }

    public List<Disposition> dispositions() {
        return rest.get("/dispositions", new TypeReference<Page<Disposition>>() {})
                .items();
    }

    public List<BreakReason> breakReasons() {
        return rest.get("/break-reasons", new TypeReference<Page<BreakReason>>() {})
                .items();
    }

    List<Call> openCalls() {
        List<Call> open = new ArrayList<>(all(after -> calls("waiting", null, after, PAGE)));
        open.addAll(all(after -> calls("active", null, after, PAGE)));
        return open;
    }

    List<AgentView> agents() {
        return all(after -> rest.get("/agents" + page(after), new TypeReference<Page<AgentView>>() {}));
    }

    List<QueueView> queues() {
        return all(after -> rest.get("/queues" + page(after), new TypeReference<Page<QueueView>>() {}));
    }

    /// Every lead this user may see. The words that repeat (stages, sources, names of owners, tags) are kept once: with
    /// 10,000 leads that is a third of the memory.
    List<Lead> leads() {
        Compact compact = new Compact();
        return all(after -> {
            Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
            parameters.put("view", "all");
            parameters.put("after", after);
            parameters.put("limit", PAGE);
            Page<Lead> page = rest.get("/leads" + RestClient.query(parameters), new TypeReference<>() {});
            return new Page<>(page.items().stream().map(compact::lead).toList(), page.next(), page.asOf());
        });
    }

    private static String page(@Nullable String after) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("after", after);
        parameters.put("limit", PAGE);
        return RestClient.query(parameters);
    }

    private static <T> List<T> all(Function<@Nullable String, Page<T>> pages) {
        List<T> all = new ArrayList<>();
        String after = null;
        do {
            Page<T> page = pages.apply(after);
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return all;
    }
}
