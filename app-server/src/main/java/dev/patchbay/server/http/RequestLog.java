package dev.patchbay.server.http;

import dev.patchbay.server.access.Principal;
import dev.patchbay.server.logs.Lines;
import dev.patchbay.server.logs.Redaction;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// One line for each request: method, route, status and code, time, address, user. It is the record of refused
/// sign-ins and forbidden things too (warnings).
///
/// Never a body, a query or a value from the path: they hold names, numbers and tokens. The request's id is the
/// client's (`X-Request-Id`) or made here; it is answered, and stands in every line that the request causes.
final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("requests");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String ATTRIBUTE = "patchbay.request";
    private static final int LONGEST_PATH = 80;

    private final SecureRandom random = new SecureRandom();

    /// What is known of a request when its line is written. Set by the request's thread before its answer leaves.
    private static final class Seen {
        private final long start = System.nanoTime();
        private final String id;
        private final String method;
        private final String address;
        private volatile String route;
        private volatile @Nullable Principal who;
        private volatile @Nullable String code;

        private Seen(String id, String method, String address, String route) {
            this.id = id;
            this.method = method;
            this.address = address;
            this.route = route;
        }
    }

    /// Begins a request: names it, and has its line written when the answer has left.
    void begin(Context context, String address) {
        String given = context.header("X-Request-Id");
        Seen seen = new Seen(
                given != null && ID.matcher(given).matches() ? given : fresh(),
                context.method().name(),
                address,
                shortened(context.path()));
        context.attribute(ATTRIBUTE, seen);
        context.header("X-Request-Id", seen.id);
        MDC.put(Lines.REQUEST, seen.id);
        MDC.remove(Lines.COMPANY);
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
        Response response = request.getServletContextResponse();
        Request.addCompletionListener(request, _ -> finished(seen, response.getStatus()));
    }

    private String fresh() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// The path of a request that no route takes, without what may be a number or a token.
    private static String shortened(String path) {
        String start = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "…" : path;
        return Redaction.of(start).replaceAll("\\d{6,}", "#").replaceAll("[\\w-]{20,}", "*");
    }

    static void route(Context context, Route route) {
        Seen seen = context.attribute(ATTRIBUTE);
        if (seen != null) {
            seen.route = route.path();
        }
    }

    static void who(Context context, Principal principal) {
        Seen seen = context.attribute(ATTRIBUTE);
        if (seen != null) {
            seen.who = principal;
        }
        switch (principal) {
            case Principal.User user -> MDC.put(Lines.COMPANY, user.company().toString());
            case Principal.Visitor visitor ->
                MDC.put(Lines.COMPANY, visitor.company().toString());
            case Principal.Anonymous _ -> {}
        }
    }

    static void refused(Context context, String code) {
        Seen seen = context.attribute(ATTRIBUTE);
        if (seen != null) {
            seen.code = code;
        }
    }

    /// The thread goes on to another request, or ends.
    static void leave() {
        MDC.remove(Lines.REQUEST);
        MDC.remove(Lines.COMPANY);
    }

    private static void finished(Seen seen, int status) {
        boolean warns = status == 401 || status == 403 || status == 429 || status >= 500;
        boolean quiet = !warns && (seen.route.equals("/health") || seen.route.equals("/metrics"));
        if (warns ? !LOG.isWarnEnabled() : quiet ? !LOG.isDebugEnabled() : !LOG.isInfoEnabled()) {
            return;
        }
        Principal who = seen.who;
        StringBuilder line = new StringBuilder(120)
                .append(seen.method)
                .append(' ')
                .append(seen.route)
                .append(' ')
                .append(status);
        if (seen.code != null) {
            line.append(' ').append(seen.code);
        }
        line.append(' ')
                .append(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - seen.start))
                .append(" ms from ")
                .append(seen.address);
        if (who != null && !(who instanceof Principal.Anonymous)) {
            line.append(' ').append(who.key());
        }
        // The answer may be finished by another thread than the one that began.
        try (MDC.MDCCloseable _ = MDC.putCloseable(Lines.REQUEST, seen.id);
                MDC.MDCCloseable _ = MDC.putCloseable(Lines.COMPANY, company(who))) {
            String text = line.toString();
            if (warns) {
                LOG.warn(text);
            } else if (quiet) {
                LOG.debug(text);
            } else {
                LOG.info(text);
            }
        }
    }

    private static @Nullable String company(@Nullable Principal who) {
        return switch (who) {
            case Principal.User user -> user.company().toString();
            case Principal.Visitor visitor -> visitor.company().toString();
            case Principal.Anonymous _ -> null;
            case null -> null;
        };
    }
}
