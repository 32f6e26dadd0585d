package dev.patchbay.server.http;

import dev.patchbay.model.Page;
import dev.patchbay.server.access.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One route: the edge, the OpenAPI document and the isolation tests are all made from these.
///
/// @param path below `/api/v1`, with parameters in braces: `/leads/{id}`
/// @param summary one sentence for the documentation
/// @param body the request's body; null when it has none
/// @param answer what a success answers; [Void] for 204, [Content] for what is no JSON
/// @param item what a [dev.patchbay.model.Page] lists; null for other answers
public record Route(
        Method method,
        String path,
        Access access,
        String summary,
        @Nullable Class<?> body,
        Class<?> answer,
        @Nullable Class<?> item,
        Handler handler) {
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /// @see Answer
    public interface Handler {
        /// Runs on a virtual thread, may block.
        ///
        /// @return an [Answer], or a body that is answered with 200
        Object handle(Request request);
    }

    /// A feature's routes.
    public interface Feature {
        List<Route> routes();
    }

    public static Route get(String path, Access access, String summary, Class<?> answer, Handler handler) {
        return new Route(Method.GET, path, access, summary, null, answer, null, handler);
    }

    /// A list with cursor: `?limit=&after=`.
    public static Route list(String path, Access access, String summary, Class<?> item, Handler handler) {
        return new Route(Method.GET, path, access, summary, null, Page.class, item, handler);
    }

    /// A page, script or picture for anybody. Served at its bare path only, and not part of the API's documentation.
    ///
    /// @param path may end in `<name>`, which matches slashes too
    public static Route page(String path, String summary, Handler handler) {
        return new Route(Method.GET, path, Access.ANYBODY, summary, null, Content.class, null, handler);
    }

    public static Route patch(
            String path, Access access, String summary, @Nullable Class<?> body, Class<?> answer, Handler handler) {
        return new Route(Method.PATCH, path, access, summary, body, answer, null, handler);
    }

    boolean isPage() {
        return answer == Content.class;
    }

    public static Route post(
            String path, Access access, String summary, @Nullable Class<?> body, Class<?> answer, Handler handler) {
        return new Route(Method.POST, path, access, summary, body, answer, null, handler);
    }

    public static Route put(
            String path, Access access, String summary, @Nullable Class<?> body, Class<?> answer, Handler handler) {
        return new Route(Method.PUT, path, access, summary, body, answer, null, handler);
    }

    public static Route delete(String path, Access access, String summary, Class<?> answer, Handler handler) {
        return new Route(Method.DELETE, path, access, summary, null, answer, null, handler);
    }
}
