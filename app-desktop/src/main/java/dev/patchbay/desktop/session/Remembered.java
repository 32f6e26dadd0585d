package dev.patchbay.desktop.session;

import dev.patchbay.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a console knows before anybody signs in. Nothing secret.
///
/// @param device id of this installation, kept for ever
/// @param server the last one; null at the first start
/// @param pin the confirmed certificate of that server
/// @param email of who signed in last
public record Remembered(
        String device,
        @Nullable String server,
        @Nullable String pin,
        @Nullable String email) {
    private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
    private static final String FILE = "server.json";

    static Remembered read(ConsoleFolder folder) {
        Path file = folder.file(FILE);
        try {
            if (Files.exists(file)) {
                Remembered known = Json.read(Files.readString(file), Remembered.class);
                if (known.device() != null && !known.device().isBlank()) {
                    return known;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} cannot be read ({}); the server is asked for again", file, e.getMessage());
        }
        Remembered fresh = new Remembered(UUID.randomUUID().toString(), null, null, null);
        fresh.write(folder);
        return fresh;
    }

    void write(ConsoleFolder folder) {
        Path file = folder.file(FILE);
        Path next = folder.file(FILE + ".next");
        try {
            ConsoleFolder.writePrivately(next, Json.write(this).getBytes(StandardCharsets.UTF_8));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be written; the server is asked for again at the next start", file, e);
        }
    }

    /// The last server; null when there was none, or what is written is no address.
    public @Nullable ServerAddress address() {
        try {
            ServerAddress address = server == null ? null : ServerAddress.parse(server);
            return address == null || pin == null ? address : address.pinned(pin);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    Remembered with(ServerAddress address, @Nullable String who) {
        return new Remembered(device, address.text(), address.pin(), who);
    }
}
