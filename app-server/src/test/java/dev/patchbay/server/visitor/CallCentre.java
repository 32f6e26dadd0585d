package dev.patchbay.server.visitor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Role;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestCompany;
import dev.patchbay.server.TestServer.TestUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A real server with one company that visitors call: the agent Maria Lopez takes the calls of every queue, without a
/// wrap-up in between.
public final class CallCentre implements AutoCloseable {
    private final TestServer server;
    private final TestCompany company;
    private final TestUser maria;

    private CallCentre(TestServer server, String name) {
        this.server = server;
        company = server.company(name, "DE");
        maria = company.user("Maria Lopez", "maria@" + company.slug() + ".test", Role.AGENT);
        TestUser admin = company.user(Role.ADMIN);
        admin.http().post("/queues", Map.of("name", "Orders & <b>returns</b>")).as(JsonNode.class);
        for (JsonNode queue : admin.http().get("/queues", JsonNode.class).path("items")) {
            String path = "/queues/" + queue.path("id").asText();
            Map<String, Object> rules = new HashMap<>();
            rules.put("name", queue.path("name").asText());
            rules.put("wrapUpSeconds", 0);
            rules.put("version", queue.path("version").asLong());
            admin.http().put(path, rules).as(JsonNode.class);
            admin.http()
                    .put(path + "/agents", Map.of("userIds", List.of(maria.id())))
                    .as(JsonNode.class);
        }
    }

    public static CallCentre open(String name) {
        return open(name, 10_000);
    }

    /// @param callsPerMinute how many calls visitors may begin from one address
    public static CallCentre open(String name, int callsPerMinute) {
        return new CallCentre(
                TestServer.builder()
                        .realTime()
                        .with(Setting.RATE_LIMIT_VISITOR_CALLS, String.valueOf(callsPerMinute))
                        .start(),
                name);
    }

    /// Without a slash at the end.
    public String address() {
        return server.url().toString().replaceAll("/$", "");
    }

    public int port() {
        return server.url().getPort();
    }

    public String slug() {
        return company.slug();
    }

    public TestServer server() {
        return server;
    }

    /// Maria at a console that is a browser's tab.
    public BrowserAgent agent(Chromium browser) {
        return BrowserAgent.signIn(browser, address(), maria.token());
    }

    /// The entries of one type in a call's timeline, as the agent may read it.
    public List<JsonNode> timeline(String call, String type) {
        JsonNode details = maria.http().get("/calls/" + call, JsonNode.class);
        return details.path("timeline")
                .valueStream()
                .filter(entry -> entry.path("type").asText().equals(type))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
