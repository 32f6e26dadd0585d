package dev.patchbay.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.model.FieldError;
import dev.patchbay.model.Role;
import dev.patchbay.server.Setting;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.TestServer.TestUser;
import dev.patchbay.server.live.LiveClient;
import java.net.URI;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsTest {
    private static final String OWN = "/settings/user/preferences";

    private TestServer server;
    private TestUser admin;

    @BeforeAll
    void start() {
        server = TestServer.builder()
                .with(Setting.TWILIO_AUTH_TOKEN, "a-token-nobody-sees")
                .start();
        admin = server.company("Head Office").user(Role.ADMIN);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private LiveClient live(TestUser user) {
        LiveClient client =
                new LiveClient(URI.create(server.url().toString().replaceFirst("^http", "ws") + "/live")).open();
        client.say(Map.of("type", "hello", "token", user.token(), "topics", List.of("settings")));
        client.await("welcome");
        return client;
    }

    @Test
    void onlyAnAdministratorSeesTheSystemsSettingsAndNobodyItsSecrets() {
        TestUser boss = server.company("Nosy").user(Role.MANAGER);
        assertThat(boss.http().get("/settings/system").status()).isEqualTo(403);
        TestHttp.Reply reply = admin.http().get("/settings/system");
        assertThat(reply.text()).contains("TWILIO_AUTH_TOKEN", "********").doesNotContain("a-token-nobody-sees");
    }

    @Test
    void aCompanysSettingsHaveDefaultsAndAreChangedOneByOne() {
        TestUser boss = server.company("Set").user(Role.MANAGER);
        String path = "/settings/company/" + boss.company().id();
        JsonNode first = boss.http().get(path).json();
        assertThat(first.get("timeZone").asText()).isEqualTo("UTC");
        assertThat(first.get("studentSignUp").asBoolean()).isTrue();
        Map<String, Object> change = new HashMap<>();
        change.put("timeZone", "Europe/Berlin");
        change.put("region", "DE");
        change.put("wrapUpSeconds", null);
        change.put("version", first.get("version").asLong());
        try (LiveClient colleague = live(boss.company().user(Role.AGENT))) {
            JsonNode after = boss.http().put(path, change).json();
            assertThat(after.get("timeZone").asText()).isEqualTo("Europe/Berlin");
            assertThat(after.get("wrapUpSeconds").isNull()).isTrue();
            assertThat(after.get("ringSeconds").asInt()).isEqualTo(20);
            assertThat(colleague.await("settings.changed").at("/data/what").asText())
                    .isEqualTo("company");
        }
        assertThat(boss.http()
                        .get("/companies/" + boss.company().id())
                        .json()
                        .get("region")
                        .asText())
                .isEqualTo("DE");
        TestHttp.Reply stale = boss.http().put(path, change);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.json().at("/details/current/region").asText()).isEqualTo("DE");
        assertThat(boss.http()
                        .get("/audit?action=settings.changed")
                        .json()
                        .at("/items/0/detail/timeZone/from")
                        .asText())
                .isEqualTo("UTC");
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedFieldByField() {
        TestUser boss = server.company("Nonsense").user(Role.MANAGER);
        TestHttp.Reply reply = boss.http()
                .put(
                        "/settings/company/" + boss.company().id(),
                        Map.of(
                                "timeZone",
                                "Mars/Olympus",
                                "language",
                                "tlh",
                                "region",
                                "Germany",
                                "ringSeconds",
                                1,
                                "wrapUpSeconds",
                                -1));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().errors())
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("timeZone", "language", "region", "ringSeconds", "wrapUpSeconds");
    }

    @Test
    void aCompanysSettingsAreItsOwn() {
        TestUser boss = server.company("Mine").user(Role.MANAGER);
        TestUser agent = boss.company().user(Role.AGENT);
        String own = "/settings/company/" + boss.company().id();
        String other = "/settings/company/" + admin.company().id();
        assertThat(agent.http().get(own).status()).isEqualTo(200);
        assertThat(agent.http().put(own, Map.of("language", "de")).status()).isEqualTo(403);
        assertThat(boss.http().get(other).status()).isEqualTo(404);
        assertThat(boss.http().put(other, Map.of("language", "de")).status()).isEqualTo(404);
        assertThat(admin.http().get(own).status()).isEqualTo(200);
    }

    @Test
    void preferencesAreMergedAndReachTheSecondDevice() {
        TestUser user = server.company("Prefers").user(Role.AGENT);
        JsonNode first = user.http().get(OWN).json();
        assertThat(first.get("theme").asText()).isEqualTo("system");
        assertThat(first.get("language").asText()).isEqualTo("en");
        try (LiveClient second = live(user.again())) {
            user.http().put(OWN, Map.of("theme", "dark", "sound", Map.of("ring", "bell", "volume", 7)));
            assertThat(second.await("settings.changed").at("/data/what").asText())
                    .isEqualTo("preferences");
        }
        Map<String, Object> sound = new HashMap<>();
        sound.put("ring", null);
        JsonNode merged =
                user.http().put(OWN, Map.of("sound", sound, "language", "de")).json();
        assertThat(merged.get("theme").asText()).isEqualTo("dark");
        assertThat(merged.get("language").asText()).isEqualTo("de");
        assertThat(merged.at("/sound/volume").asInt()).isEqualTo(7);
        assertThat(merged.at("/sound").has("ring")).isFalse();
        assertThat(user.again().http().get(OWN).json()).isEqualTo(merged);
        assertThat(user.http()
                        .put(OWN, Map.of("theme", "pink"))
                        .error()
                        .errors()
                        .getFirst()
                        .field())
                .isEqualTo("theme");
        assertThat(user.http().put(OWN, Map.of("long", "x".repeat(20_000))).status())
                .isEqualTo(400);
    }

    @Test
    void ofManyDevicesThatPreferAtOnceNoneLosesItsWord() throws Exception {
        TestUser user = server.company("Busy").user(Role.AGENT);
        List<Callable<Integer>> devices = IntStream.range(0, 16)
                .<Callable<Integer>>mapToObj(
                        i -> () -> user.http().put(OWN, Map.of("device" + i, i)).status())
                .toList();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : all.invokeAll(devices)) {
                assertThat(one.get()).isEqualTo(200);
            }
        }
        assertThat(user.http().get(OWN).json()).hasSize(18);
    }

    @Test
    void themesHoldHighContrastAndLanguagesAreBcp47() throws IllformedLocaleException {
        assertThat(admin.http().get("/settings/themes").json().get("items").findValuesAsText("key"))
                .contains("light", "dark", "contrast");
        for (String code :
                admin.http().get("/settings/languages").json().get("items").findValuesAsText("code")) {
            assertThat(new Locale.Builder().setLanguageTag(code).build().toLanguageTag())
                    .isEqualTo(code);
        }
    }
}
