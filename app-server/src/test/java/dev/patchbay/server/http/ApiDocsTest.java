package dev.patchbay.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.server.TestHttp;
import dev.patchbay.server.TestServer;
import dev.patchbay.server.access.Access;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiDocsTest {
    private static TestServer server;

    // Not where they are declared: a class runs again after a failure, and its subclass on the other database.
    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode document() {
        return server.http().below("").get("/api-docs/openapi.json").json();
    }

    @Test
    void everyRouteOfTheApiIsDocumented() {
        JsonNode paths = document().get("paths");
        for (Route route : server.routes()) {
            if (!route.isPage()) {
                JsonNode operation =
                        paths.path(route.path()).path(route.method().name().toLowerCase(Locale.ROOT));
                assertThat(operation.path("summary").asText()).as(route.path()).isEqualTo(route.summary());
            }
        }
    }

    @Test
    void everyReferenceIsDefinedAndEveryOperationHasItsOwnName() {
        JsonNode document = document();
        assertThat(document.get("openapi").asText()).startsWith("3.");
        Set<String> defined = new HashSet<>();
        document.at("/components/schemas").fieldNames().forEachRemaining(defined::add);
        document.at("/components/responses").fieldNames().forEachRemaining(defined::add);
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(defined).contains(reference.asText().replaceFirst("#/components/(schemas|responses)/", ""));
        }
        List<String> names = document.findValues("operationId").stream()
                .map(JsonNode::asText)
                .toList();
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void aValidatorThatIsNotOursFindsNothingWrong() {
        String text = server.http().below("").get("/api-docs/openapi.json").text();
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(text, null, options);
        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths()).hasSizeGreaterThan(20);
    }

    @Test
    void everyOperationTellsItsRefusalsAndGuardedOnesTheirToken() {
        for (Route route : server.routes()) {
            if (!route.isPage()) {
                JsonNode operation = document()
                        .at("/paths/" + route.path().replace("~", "~0").replace("/", "~1") + "/"
                                + route.method().name().toLowerCase(Locale.ROOT));
                Set<String> statuses = new HashSet<>();
                operation.get("responses").fieldNames().forEachRemaining(statuses::add);
                assertThat(statuses).as(route.path()).contains("429", "503", "default");
                boolean open = route.access() instanceof Access.Anybody;
                assertThat(operation.has("security")).as(route.path()).isEqualTo(!open);
                assertThat(statuses.contains("401")).as(route.path()).isEqualTo(!open);
                assertThat(operation.has("requestBody")).as(route.path()).isEqualTo(route.body() != null);
            }
        }
    }

    @Test
    void parametersInAPathAreDeclared() {
        document().get("paths").properties().forEach(path -> path.getValue().forEach(operation -> {
            Set<String> declared = new HashSet<>();
            operation
                    .path("parameters")
                    .forEach(parameter -> declared.add(parameter.get("name").asText()));
            for (String part : path.getKey().split("/")) {
                if (part.startsWith("{")) {
                    assertThat(declared).contains(part.substring(1, part.length() - 1));
                }
            }
        }));
    }

    @Test
    void aFieldThatMayBeAbsentIsNotRequired() {
        JsonNode schema = document().at("/components/schemas/UsersNewUser");
        assertThat(schema.get("required").toString())
                .contains("email", "password")
                .doesNotContain("officeId");
        assertThat(schema.at("/properties/officeId/format").asText()).isEqualTo("uuid");
    }

    @Test
    void thePageComesWithItsFilesUnderAStrictPolicy() {
        TestHttp http = server.http().below("");
        TestHttp.Reply page = http.get("/api-docs");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy").orElse("")).contains("script-src 'self'");
        for (String file : List.of("swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon-32x32.png")) {
            assertThat(http.get("/api-docs/" + file).status()).as(file).isEqualTo(200);
        }
        assertThat(http.get("/api-docs/pom.xml").status()).isEqualTo(404);
    }
}
