package dev.patchbay.server.http;

import dev.patchbay.model.ErrorBody;
import dev.patchbay.model.Json;
import dev.patchbay.server.access.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What every request passes before anything else, REST and sockets alike: the block list, and for sockets the origin
/// (a browser sends it, and asks nobody before it opens a socket to another site).
final class Gate extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final TrustedProxies proxies;
    private final Blocklist blocklist;
    private final Origins origins;
    private final SlowRequests slow;
    private final Limits limits;
    private final int socketsPerMinute;
    private final Counter blocked;
    private final Counter foreign;

    /// @param socketsPerMinute how many sockets one address may open in a minute; this machine any number
    Gate(
            TrustedProxies proxies,
            Blocklist blocklist,
            Origins origins,
            SlowRequests slow,
            Limits limits,
            int socketsPerMinute,
            MeterRegistry meters) {
        this.limits = limits;
        this.socketsPerMinute = socketsPerMinute;
        this.proxies = proxies;
        this.blocklist = blocklist;
        this.origins = origins;
        this.slow = slow;
        this.blocked = Counter.builder("http.server.blocked")
                .description("Requests from addresses on the block list")
                .register(meters);
        this.foreign = Counter.builder("http.server.foreign.sockets")
                .description("Sockets refused because a script of another site opened them")
                .register(meters);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        slow.begins(connection);
        Request.addCompletionListener(request, _ -> slow.ends(connection));
        HttpFields headers = request.getHeaders();
        String address = proxies.client(Request.getRemoteAddr(request), headers.get("X-Forwarded-For"));
        if (blocklist.blocks(address)) {
            blocked.increment();
            return refuse(response, callback, "ADDRESS_BLOCKED", "This address is blocked.");
        }
        String upgrade = headers.get(HttpHeader.UPGRADE);
        boolean socket = upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket");
        if (socket && origins.foreign(headers.get(HttpHeader.ORIGIN), headers.get(HttpHeader.HOST))) {
            foreign.increment();
            LOG.warn("a socket from {} was refused: its origin is {}", address, headers.get(HttpHeader.ORIGIN));
            return refuse(response, callback, "ORIGIN_REFUSED", "Scripts of that site may not open sockets here.");
        }
        if (socket && !Network.isLoopback(address)) {
            try {
                limits.count("socket:" + Limits.network(address), socketsPerMinute, Duration.ofMinutes(1));
            } catch (Refusal refusal) {
                long wait = refusal.retryAfter() == null
                        ? 1
                        : Math.max(1, refusal.retryAfter().toSeconds());
                response.getHeaders().put(HttpHeader.RETRY_AFTER, wait);
                return refuse(response, callback, refusal.status(), refusal.body());
            }
        }
        return super.handle(request, response, callback);
    }

    private static boolean refuse(Response response, Callback callback, String code, String message) {
        return refuse(response, callback, 403, ErrorBody.of(code, message));
    }

    private static boolean refuse(Response response, Callback callback, int status, ErrorBody body) {
        response.setStatus(status);
        Headers.bare(response.getHeaders());
        org.eclipse.jetty.io.Content.Sink.write(response, true, Json.write(body), callback);
        return true;
    }
}
