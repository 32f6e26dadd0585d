package dev.patchbay.server.http;

import dev.patchbay.server.access.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One route: the edge, the OpenAPI document and the isolation tests are all made from these.
///
/// @param path below `/api/v1`, with parameters in braces: `/leads/{id}`
/// @param summary one sentence for the documentation
/// @param body the request's body; null when it has none
/// @param answer what a success answers; [Void] for 204
public record Route(
        Method method,
        String path,
        Access access,
        String summary,
        @Nullable Class<?> body,
        Class<?> answer,
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
        return new Route(Method.GET, path, access, summary, null, answer, handler);
    }

    public static Route post(
            String path, Access access, String summary, @Nullable Class<?> body, Class<?> answer, Handler handler) {
        return new Route(Method.POST, path, access, summary, body, answer, handler);
    }

    public static Route put(
            String path, Access access, String summary, @Nullable Class<?> body, Class<?> answer, Handler handler) {
        return new Route(Method.PUT, path, access, summary, body, answer, handler);
    }

    public static Route delete(String path, Access access, String summary, Class<?> answer, Handler handler) {
        return new Route(Method.DELETE, path, access, summary, null, answer, handler);
    }
}
