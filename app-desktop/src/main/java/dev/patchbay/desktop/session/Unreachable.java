package dev.patchbay.desktop.session;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// There is no answer from the server. The message is an English sentence; screens translate by [#reason].
public final class Unreachable extends RuntimeException {
    private final Reason reason;

    public Unreachable(Reason reason, String sentence) {
        this(reason, sentence, null);
    }

    public Unreachable(Reason reason, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// Why, as far as a person can do something about it.
    public enum Reason {
        /// No such name.
        NAME,
        /// The machine is there; no server listens at that port.
        NOBODY_THERE,
        /// Nothing came back in time, or the way is cut.
        SILENT,
        /// The certificate is not the one this console knows: the server was set up anew, or somebody stands between.
        CERTIFICATE_CHANGED,
        /// Nobody this system trusts vouches for the certificate, and it was never confirmed here.
        CERTIFICATE_UNKNOWN,
        /// Something answers that is no Patchbay server.
        NOT_PATCHBAY,
        /// The console has no line to the server now; it keeps trying.
        OFFLINE,
        /// The session is over.
        SIGNED_OUT
    }

    /// Says what an I/O failure means.
    static Unreachable because(Throwable failure, String host) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case Trust.CertificateChanged changed -> {
                    return new Unreachable(Reason.CERTIFICATE_CHANGED, changed.getMessage(), failure);
                }
                case Trust.CertificateUnknown unknown -> {
                    return new Unreachable(Reason.CERTIFICATE_UNKNOWN, unknown.getMessage(), failure);
                }
                case UnknownHostException _ -> {
                    return new Unreachable(Reason.NAME, "There is no machine with the name " + host + ".", failure);
                }
                case ConnectException _, NoRouteToHostException _ -> {
                    return new Unreachable(Reason.NOBODY_THERE, "No server answers at " + host + ".", failure);
                }
                case SocketTimeoutException _ -> {
                    return new Unreachable(Reason.SILENT, "The server at " + host + " does not answer.", failure);
                }
                default -> {}
            }
        }
        if (failure instanceof SSLException) {
            return new Unreachable(Reason.NOT_PATCHBAY, "No safe connection to " + host + " could be made.", failure);
        }
        return new Unreachable(Reason.SILENT, "The line to " + host + " broke.", failure);
    }
}
