package dev.patchbay.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.model.CompanyId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileFramesTest {
    private LiveServer server;
    private CompanyId acme;

    @BeforeEach
    void start() {
        server = new LiveServer();
        acme = server.company("acme");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// After the cases of JSONTestSuite (n_*, i_*), and frames that are JSON but no frame.
    static List<String> unreadable() {
        return List.of(
                "",
                " ",
                "{",
                "[",
                "]",
                "nul",
                "NaN",
                "[1,]",
                "[,1]",
                "[1 true]",
                "{\"a\":1,}",
                "{'type':'ping'}",
                "{\"type\":\"ping\",\"id\":\"1\"} x",
                "{\"type\":\"ping\"}{}",
                "\"\\u00\"",
                "\"\\x\"",
                "\"a\u0000b\"",
                "[-]",
                "[01]",
                "[1e]",
                "[0x1]",
                "\uFEFF{}",
                "<xml/>",
                "null",
                "true",
                "1",
                "\"text\"",
                "[]",
                "{}",
                "{\"type\":null}",
                "{\"type\":7,\"id\":\"1\"}",
                "{\"type\":{},\"id\":\"1\"}",
                "{\"type\":\"ping\"}",
                "{\"type\":\"ping\",\"id\":null}",
                "{\"type\":\"ping\",\"id\":5}",
                "{\"type\":\"ping\",\"id\":[]}",
                "[".repeat(30_000),
                "{\"a\":".repeat(10_000),
                "[".repeat(100) + "]".repeat(100),
                "{\"type\":\"ping\",\"id\":\"1\",\"data\":" + "9".repeat(5_000) + "}");
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatIsNoFrameIsAnsweredAndTheSocketLives(String frame) {
        LiveClient console = server.console(server.passes.agent(acme));
        console.sayRaw(frame);
        var error = console.await("error");
        assertThat(error.has("to")).isFalse();
        assertThat(error.path("error").path("code").asText()).isEqualTo("MALFORMED");
        assertThat(console.ask("ping", null).path("type").asText()).isEqualTo("reply");
    }

    @Test
    void whoSendsNothingElseIsCut() {
        LiveClient console = server.console(server.passes.agent(acme));
        for (int i = 0; i < 5; i++) {
            console.sayRaw("{");
        }
        assertThat(console.awaitClose()).isEqualTo(1008);
    }

    @Test
    void aHugeFrameClosesThatSocketAlone() {
        LiveClient other = server.console(server.passes.agent(acme));
        LiveClient console = server.console(server.passes.agent(acme));
        console.sayRaw("{\"type\":\"ping\",\"id\":\"1\",\"data\":\"" + "x".repeat(1_000_000) + "\"}");
        assertThat(console.awaitClose()).isEqualTo(1009);
        assertThat(other.ask("ping", null).path("type").asText()).isEqualTo("reply");
    }

    @Test
    void binaryFramesAreRefused() {
        LiveClient console = server.console(server.passes.agent(acme));
        console.sayBinary(new byte[] {1, 2, 3});
        assertThat(console.awaitClose()).isEqualTo(1003);
    }

    @Test
    void hostileNamesTravelUnchanged() {
        LiveClient console = server.console(server.passes.agent(acme));
        for (String name : List.of(
                "<script>alert(1)</script>",
                "\u202Egnp.exe",
                "O'Brien\"; drop table lead;--",
                "😀\u0000zero",
                "\u2028")) {
            server.happen(acme, name);
            assertThat(console.await("lead.created")
                            .path("data")
                            .path("lead")
                            .path("name")
                            .asText())
                    .isEqualTo(name);
        }
    }

    @Test
    void aCommandsNameIsPlainAndShort() {
        LiveClient console = server.console(server.passes.agent(acme));
        for (String id : List.of("", " ", "x".repeat(101), "\u0000", "ä")) {
            assertThat(console.ask("ping", id, null)
                            .path("error")
                            .path("errors")
                            .get(0)
                            .path("field")
                            .asText())
                    .isEqualTo("id");
        }
    }
}
