package dev.patchbay.desktop.console;

import dev.patchbay.desktop.settings.Preferences;
import dev.patchbay.server.Config;
import dev.patchbay.server.PatchbayServer;
import dev.patchbay.server.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The server that this console runs in its own process. It starts with the console and stops with it.
///
/// Called on one thread at a time; starting blocks.
final class OwnServer implements AutoCloseable {
    private static final String NAME = "ownServer";

    private final Path folder;
    private final Preferences preferences;
    private @Nullable PatchbayServer running;

    /// Kept for the next start.
    ///
    /// @param address the host that colleagues use; null when only this machine reaches it
    record Kept(@Nullable String address) {}

    /// What runs.
    ///
    /// @param url as this console and colleagues reach it
    /// @param fingerprint of its certificate; null without TLS
    record Running(PatchbayServer server, String url, @Nullable String fingerprint) {}

    OwnServer(Path folder, Preferences preferences) {
        this.folder = folder;
        this.preferences = preferences;
    }

    /// Starts it again when it was made here at an earlier time and does not run yet.
    ///
    /// @throws dev.patchbay.server.CannotStart with one sentence
    void startIfMade() {
        Optional<Kept> kept = preferences.read(NAME, Kept.class);
        if (kept.isPresent() && running == null) {
            start(kept.get().address());
        }
    }

    /// Starts it.
    ///
    /// @param address the host that colleagues use; null for this machine only
    /// @throws dev.patchbay.server.CannotStart with one sentence
    Running start(@Nullable String address) {
        Config config = Config.load(Map.of(Setting.DATA_DIR, folder.toString()), System.getenv(), folder);
        String fingerprint = null;
        String url = null;
        if (address != null) {
            PatchbayServer.WithCertificate certified = PatchbayServer.selfSigned(
                    config.with(Setting.HOST, "0.0.0.0"), List.of(address, "localhost", "127.0.0.1"));
            config = certified.config();
            fingerprint = certified.fingerprint();
        }
        PatchbayServer server = running;
        if (server == null) {
            server = PatchbayServer.start(config);
            running = server;
        }
        url = address == null
                ? server.url().toString()
                : "https://" + address + ":" + server.url().getPort();
        return new Running(server, url, fingerprint);
    }

    /// From now on it starts with the console.
    void keep(@Nullable String address) {
        preferences.write(NAME, new Kept(address));
    }

    @Override
    public void close() {
        PatchbayServer server = running;
        if (server != null) {
            running = null;
            server.close();
        }
    }
}
