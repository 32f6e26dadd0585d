package dev.patchbay.server.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A visitor calls from a real browser and talks to an agent over real WebRTC.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class VisitorCallTest {
    private final CompanySimulator company = new CompanySimulator("Nordlicht");
    private final Chromium browser = Chromium.start();
    private BrowserAgent agent;

    VisitorCallTest() {
        agent = BrowserAgent.signIn(browser, company.address(), CompanySimulator.AGENT_TOKEN);
    }

    @AfterAll
    void end() {
        browser.close();
        company.close();
    }

    @Test
    void aWholeCallIsHeardOnBothSides() {
        VisitorPage page = VisitorPage.open(browser, company.address(), CompanySimulator.COMPANY);
        page.call("Ada", "+49 30 123456");
        page.awaitStatus("Waiting");
        agent.awaitRinging();
        assertThat(agent.heard(Duration.ofSeconds(1)).isSilent())
                .as("nobody is heard before the answer")
                .isTrue();
        agent.answer();
        page.awaitStatus("Connected to Maria");
        page.awaitSound();
        Sound byVisitor = page.heard(Duration.ofSeconds(6));
        Sound byAgent = agent.heard(Duration.ofSeconds(6));
        dump("v", byVisitor); dump("a", byAgent);
        System.err.printf(
                "visitor %f %f, agent %f %f%n",
                byVisitor.likeness(Sound.ofAgent()),
                byVisitor.likeness(Sound.ofCaller()),
                byAgent.likeness(Sound.ofCaller()),
                byAgent.likeness(Sound.ofAgent()));
        assertThat(byVisitor.likeness(Sound.ofAgent())).isGreaterThan(0.6);
        assertThat(byAgent.likeness(Sound.ofCaller())).isGreaterThan(0.6);
        page.press("Hang up");
        page.awaitStatus("Call ended");
        agent.awaitCallStatus("closed");
    }

    private static void dump(String n, Sound s) {
        try (java.io.DataOutputStream o = new java.io.DataOutputStream(new java.io.FileOutputStream("/tmp/vdump-" + n + ".raw"))) {
            for (float f : s.samples()) o.writeShort((int) (f * 32767));
        } catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
    }
}
