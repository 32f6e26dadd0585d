package dev.patchbay.desktop.session;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket. Says hello, hands text on, tells its end once. Whether it is alive is for [LiveLink] to judge.
final class LiveSocket {
    /// More than the largest event; a frame beyond is no frame of this server.
    private static final int MOST_CHARACTERS = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);

    private final Consumer<String> heard;
    private final Lost lost;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Client client;
    private final String host;
    private volatile String hello = "";

    /// @param heard called on the socket's thread
    /// @param lost called once, on a thread of the socket, with an English sentence
    LiveSocket(URI address, Trust trust, Duration patience, Consumer<String> heard, Lost lost) {
        this.heard = heard;
        this.lost = lost;
        this.host = address.getHost();
        client = new Client(address, Math.toIntExact(patience.toMillis()), trust);
    }

    /// Begins to connect; returns at once.
    void open(String firstFrame) {
        hello = firstFrame;
        client.connect();
    }

    /// Never blocks. A frame for a socket that is gone is dropped: its loss is being told.
    void transmit(String frame) {
        try {
            client.send(frame);
        } catch (WebsocketNotConnectedException gone) {
            tell(1006, "The line broke.");
        }
    }

    /// Ends the socket without waiting for the other side, which may be gone.
    void drop() {
        over.set(true);
        // Closing a TLS socket may wait for its peer.
        Thread.startVirtualThread(() -> {
            client.closeConnection(1001, "");
            close(client.getSocket());
        });
    }

    private static void close(@Nullable Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("a broken socket would not close; the system takes it back with the process", e);
            }
        }
    }

    /// Hears the end.
    @FunctionalInterface
    interface Lost {
        /// @param code of the close frame (RFC 6455, section 7.4); 1006 without one
        void lost(int code, String why);
    }

    private void tell(int code, String why) {
        if (over.compareAndSet(false, true)) {
            lost.lost(code, why);
        }
    }

    private final class Client extends WebSocketClient {
        private final boolean pinned;

        Client(URI address, int patience, Trust trust) {
            super(address, new Draft_6455(List.of(), List.of(new Protocol("")), MOST_CHARACTERS), null, patience);
            pinned = trust.pinned();
            // Its own detection asks in whole seconds and stops the thread it needs; LiveLink pings.
            setConnectionLostTimeout(0);
            setTcpNoDelay(true);
            setDaemon(true);
            if (address.getScheme().equals("wss")) {
                setSocketFactory(trust.context().getSocketFactory());
            }
        }

        @Override
        protected void onSetSSLParameters(SSLParameters parameters) {
            // With a confirmed certificate the name in it does not matter; Trust compares the certificate itself.
            if (!pinned) {
                super.onSetSSLParameters(parameters);
            }
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            if (over.get()) {
                drop();
            } else {
                transmit(hello);
            }
        }

        @Override
        public void onMessage(String message) {
            heard.accept(message);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            tell(
                    code,
                    code == 1012 || code == 1013
                            ? "The server asked this console to come back."
                            : "The line to the server broke (" + code + ").");
        }

        @Override
        public void onError(@Nullable Exception failure) {
            tell(
                    1006,
                    failure == null
                            ? "The line broke."
                            : String.valueOf(Unreachable.because(failure, host).getMessage()));
        }
    }
}
