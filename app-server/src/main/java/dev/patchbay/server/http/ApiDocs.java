package dev.patchbay.server.http;

import dev.patchbay.model.ErrorBody;
import dev.patchbay.server.access.Access;
import dev.patchbay.server.access.Refusal;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `/api-docs`: the OpenAPI document, made from the very routes that are served, and a page to read and try it.
public final class ApiDocs implements Route.Feature {
    private static final Map<String, String> REFUSALS = Map.of(
            "400", "Invalid",
            "401", "Unauthenticated",
            "403", "Forbidden",
            "404", "NotFound",
            "409", "Conflict",
            "413", "TooLarge",
            "415", "UnsupportedMediaType",
            "422", "RefusedByARule",
            "429", "TooManyRequests",
            "503", "Unavailable");
    /// A summary names the filters of a list: `?q= looks into the name`.
    private static final Pattern FILTER = Pattern.compile("[?&](\\w+)=");
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Map<String, String> FILES = Map.of(
            "swagger-ui.css", "text/css",
            "swagger-ui-bundle.js", "text/javascript",
            "favicon-32x32.png", "image/png");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Patchbay API</title>
            <link rel="icon" href="/api-docs/favicon-32x32.png">
            <link rel="stylesheet" href="/api-docs/swagger-ui.css">
            <script src="/api-docs/swagger-ui-bundle.js" defer></script>
            <script src="/api-docs/start.js" defer></script>
            </head>
            <body><main id="docs"></main></body>
            </html>
            """;
    private static final String START = """
            SwaggerUIBundle({url: '/api-docs/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null});
            """;

    private final String version;
    private final String webjar = "/META-INF/resources/webjars/swagger-ui/" + uiVersion() + "/";
    private final Supplier<List<Route>> routes;

    /// @param version the server's
    /// @param routes all that the server serves, asked once they are complete
    public ApiDocs(String version, Supplier<List<Route>> routes) {
        this.version = version;
        this.routes = routes;
    }

    /// The webjar's files lie in a folder of its version.
    private static String uiVersion() {
        Properties properties = new Properties();
        try (InputStream in =
                ApiDocs.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.page("/api-docs", "A page to read and try the API.", _ -> page("text/html", PAGE)),
                Route.page(
                        "/api-docs/openapi.json",
                        "The OpenAPI document.",
                        _ -> page("application/json", Json.pretty(document()))),
                Route.page("/api-docs/start.js", "Starts the page.", _ -> page("text/javascript", START)),
                Route.page("/api-docs/{file}", "The files of Swagger UI.", this::file));
    }

    private static Answer page(String type, String text) {
        return Answer.of(dev.patchbay.server.http.Content.text(type, text)).with("Content-Security-Policy", POLICY);
    }

    private Answer file(Request request) {
        String name = request.path("file");
        String type = FILES.get(name);
        if (type == null) {
            throw Refusal.notFound("file");
        }
        try (InputStream in = ApiDocs.class.getResourceAsStream(webjar + name)) {
            if (in == null) {
                throw Refusal.notFound("file");
            }
            return Answer.of(new dev.patchbay.server.http.Content(type, in.readAllBytes()))
                    .with("Content-Security-Policy", POLICY)
                    .with("Cache-Control", "public, max-age=86400");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OpenAPI document() {
        Components components = new Components()
                .addSecuritySchemes(
                        "bearer",
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT"));
        refusals(components);
        Schemas schemas = new Schemas(components);
        OpenAPI document = new OpenAPI()
                .info(new Info()
                        .title("Patchbay")
                        .version(version)
                        .description("A call centre in one install. Lists are snapshots: `asOf` is the place in the "
                                + "event log from which `GET /live` goes on."))
                .addServersItem(new Server().url("/api/v1"))
                .components(components);
        for (Route route : routes.get()) {
            if (!route.isPage()) {
                PathItem path =
                        document.getPaths() == null ? null : document.getPaths().get(route.path());
                if (path == null) {
                    path = new PathItem();
                    document.path(route.path(), path);
                }
                path.operation(PathItem.HttpMethod.valueOf(route.method().name()), operation(route, schemas));
            }
        }
        return document;
    }

    private static Operation operation(Route route, Schemas schemas) {
        Operation operation = new Operation()
                .summary(route.summary())
                .operationId(route.method().name().toLowerCase(Locale.ROOT)
                        + route.path()
                                .replaceAll("[{}]", "")
                                .replace('/', '_')
                                .replace('-', '_')
                                .replace('.', '_'))
                .addTagsItem(route.path().split("/")[1]);
        Matcher names = PARAMETER.matcher(route.path());
        while (names.find()) {
            boolean id = names.group(1).toLowerCase(Locale.ROOT).endsWith("id");
            operation.addParametersItem(new Parameter()
                    .in("path")
                    .name(names.group(1))
                    .required(true)
                    .schema(id ? new UUIDSchema() : new StringSchema()));
        }
        if (route.item() != null) {
            operation.addParametersItem(query("limit", "how many, 1 to 200; 50 without"));
            operation.addParametersItem(query("after", "the `next` of an earlier answer"));
        }
        Matcher filters = FILTER.matcher(route.summary());
        while (filters.find()) {
            if (!List.of("limit", "after").contains(filters.group(1)) || route.item() == null) {
                operation.addParametersItem(query(filters.group(1), "a filter"));
            }
        }
        if (route.body() != null) {
            operation.requestBody(new RequestBody().required(true).content(json(schemas.of(route.body()))));
        }
        if (!(route.access() instanceof Access.Anybody)) {
            operation.addSecurityItem(new SecurityRequirement().addList("bearer"));
        }
        if (route.access() instanceof Access.Needs needs) {
            operation.description("Needs the permission `" + needs.permission().wire() + "`.");
        }
        ApiResponse success = new ApiResponse().description("Done.");
        if (route.answer() != Void.class) {
            success.content(json(schemas.answer(route.answer(), route.item())));
        }
        if (route.method() == Route.Method.POST && !(route.access() instanceof Access.Anybody)) {
            operation.addParametersItem(new Parameter()
                    .in("header")
                    .name("Idempotency-Key")
                    .description("1 to 80 visible ASCII characters; sent again within 24 hours, the first answer comes")
                    .schema(new StringSchema()));
        }
        ApiResponses responses =
                new ApiResponses().addApiResponse(route.answer() == Void.class ? "204" : "2XX", success);
        schemas.of(ErrorBody.class);
        refusalsOf(route)
                .forEach(status -> responses.addApiResponse(
                        status, new ApiResponse().$ref("#/components/responses/" + REFUSALS.get(status))));
        return operation.responses(responses.addApiResponse(
                "default",
                new ApiResponse().description("A refusal, and why.").content(json(schemas.of(ErrorBody.class)))));
    }

    private static List<String> refusalsOf(Route route) {
        List<String> refusals = new ArrayList<>();
        if (route.body() != null || route.item() != null) {
            refusals.add("400");
        }
        if (!(route.access() instanceof Access.Anybody)) {
            refusals.add("401");
        }
        if (route.access() instanceof Access.Needs) {
            refusals.add("403");
        }
        if (route.path().contains("{")) {
            refusals.add("404");
        }
        if (route.method() != Route.Method.GET) {
            refusals.add("409");
        }
        if (route.body() != null) {
            refusals.addAll(List.of("413", "415", "422"));
        }
        refusals.addAll(List.of("429", "503"));
        return refusals;
    }

    private static void refusals(Components components) {
        Map<String, String> tells = Map.of(
                "400", "Something in the request is not valid; `errors` names the fields.",
                "401", "There is no token, or it is not good any more.",
                "403", "The token's owner may not do this, or a foreign site asks.",
                "404", "There is no such thing, or it is another company's.",
                "409", "A race was lost, or the state does not allow it; `details` says how it is now.",
                "413", "The body is longer than 1 MB.",
                "415", "The body is not sent as application/json.",
                "422", "A rule forbids it; `code` is its name.",
                "429", "Too many requests; `Retry-After` says when to try again.",
                "503", "The database is away or the server stops; `Retry-After` says when to try again.");
        tells.forEach((status, text) -> {
            ApiResponse response = new ApiResponse()
                    .description(text)
                    .content(json(new Schema<>().$ref("#/components/schemas/ErrorBody")));
            if (status.equals("429") || status.equals("503")) {
                response.addHeaderObject(
                        "Retry-After", new Header().description("seconds").schema(new IntegerSchema()));
            }
            components.addResponses(REFUSALS.get(status), response);
        });
    }

    private static Parameter query(String name, String tells) {
        return new Parameter().in("query").name(name).description(tells).schema(new StringSchema());
    }

    private static Content json(Schema<?> schema) {
        return new Content().addMediaType("application/json", new MediaType().schema(schema));
    }
}
