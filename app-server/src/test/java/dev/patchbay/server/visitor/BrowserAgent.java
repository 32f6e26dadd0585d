package dev.patchbay.server.visitor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/// An agent in a browser's tab: speaks the live protocol and sets the audio up while it rings, as a console does, and
/// speaks [Sound#ofAgent()].
public final class BrowserAgent {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Tab tab;

    private BrowserAgent(Tab tab) {
        this.tab = tab;
    }

    /// Signs on to `/live` and takes calls.
    ///
    /// @param server the server's address without a slash at the end; one of its pages is the tab's
    /// @param token the agent's access token
    public static BrowserAgent signIn(Chromium browser, String server, String token) {
        BrowserAgent agent = new BrowserAgent(browser.open(server + "/health", true));
        agent.tab.run(Chromium.text("/visitor/agent.js"));
        try (InputStream in = Objects.requireNonNull(BrowserAgent.class.getResourceAsStream("/visitor/agent.wav"))) {
            String speech = Base64.getEncoder().encodeToString(in.readAllBytes());
            agent.tab.run("return agent.signIn(arguments[0], arguments[1]);", token, speech);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return agent;
    }

    /// Waits for a call that rings here and whose audio is up already.
    public void awaitRinging() {
        Until.happens("a call rings", LIMIT, () -> !is("agent.offer === null"));
        Until.happens("the audio is up while it rings", LIMIT, () -> is("agent.pc?.connectionState === 'connected'"));
    }

    public boolean rings() {
        return is("agent.offer !== null && !agent.answered");
    }

    public void answer() {
        tab.run("return agent.answer();");
    }

    public void hangUp() {
        tab.run("return agent.command('call.hangup');");
    }

    public void hold() {
        tab.run("return agent.hold(true);");
    }

    public void resume() {
        tab.run("return agent.hold(false);");
    }

    /// Loses the connection as a voice process that died does, and begins a new session.
    public void restartVoice() {
        tab.run("return agent.connect();");
    }

    /// Asks for new paths in the same session.
    public void restartIce() {
        tab.run("return agent.makeOffer({ iceRestart: true });");
    }

    public boolean talks() {
        return is("agent.pc?.connectionState === 'connected'");
    }

    /// What the agent hears of the visitor.
    public Sound heard(Duration time) {
        return tab.heard("#agent-ear", time);
    }

    /// The call as the last event told it; null before the first.
    public JsonNode call() {
        return Json.read(String.valueOf(tab.run("return JSON.stringify(agent.call);")), JsonNode.class);
    }

    /// All events since signing in, oldest first, each with `type` and `data`.
    public List<JsonNode> events() {
        JsonNode all = Json.read(String.valueOf(tab.run("return JSON.stringify(agent.events);")), JsonNode.class);
        return all.valueStream().toList();
    }

    public void awaitCallStatus(String... statuses) {
        Until.happens("the call is " + String.join(" or ", statuses), LIMIT, () -> {
            String status = String.valueOf(tab.run("return agent.call?.status ?? '';"));
            return List.of(statuses).contains(status);
        });
    }

    public Tab tab() {
        return tab;
    }

    private boolean is(String condition) {
        return Boolean.TRUE.equals(tab.run("return " + condition + ";"));
    }
}
