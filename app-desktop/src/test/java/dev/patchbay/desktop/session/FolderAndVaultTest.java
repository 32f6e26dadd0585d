package dev.patchbay.desktop.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderAndVaultTest {
    @Test
    void aSecretComesBackAndIsNotReadableOnDisk(@TempDir Path base) throws IOException {
        ConsoleFolder folder = ConsoleFolder.at(base, "default");
        new FileVault(folder).keep("ann", "the-refresh-token");
        assertThat(new FileVault(folder).find("ann")).contains("the-refresh-token");
        String bytes = Files.readString(folder.file("secrets.bin"), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("the-refresh-token").doesNotContain("ann");
        if (ConsoleFolder.permissions(folder.root()) != null) {
            assertThat(ConsoleFolder.permissions(folder.root())).isEqualTo("rwx------");
            assertThat(ConsoleFolder.permissions(folder.file("secrets.bin"))).isEqualTo("rw-------");
            assertThat(ConsoleFolder.permissions(folder.file("secrets.key"))).isEqualTo("rw-------");
        }
        new FileVault(folder).forget("ann");
        assertThat(new FileVault(folder).find("ann")).isEmpty();
    }

    @Test
    void aDamagedVaultOnlyAsksForThePasswordAgain(@TempDir Path base) throws IOException {
        ConsoleFolder folder = ConsoleFolder.at(base, "default");
        FileVault vault = new FileVault(folder);
        vault.keep("ann", "secret");
        for (byte[] damage : new byte[][] {{}, {1, 2, 3}, new byte[200]}) {
            Files.write(folder.file("secrets.bin"), damage);
            assertThat(vault.find("ann")).isEmpty();
        }
        vault.keep("ann", "new");
        assertThat(vault.find("ann")).contains("new");
    }

    @Test
    void whatIsRememberedSurvivesAndDamageIsForgiven(@TempDir Path base) throws IOException {
        ConsoleFolder folder = ConsoleFolder.at(base, "default");
        Remembered first = Remembered.read(folder);
        first.with(ServerAddress.parse("calls.example.com").pinned("AB:CD"), "ann@example.test")
                .write(folder);
        Remembered again = Remembered.read(folder);
        assertThat(again.device()).isEqualTo(first.device());
        ServerAddress address = again.address();
        assertThat(address).isNotNull();
        assertThat(address.text()).isEqualTo("https://calls.example.com");
        assertThat(address.pin()).isEqualTo("AB:CD");
        Files.writeString(folder.file("server.json"), "{\"device\":");
        assertThat(Remembered.read(folder).server()).isNull();
    }

    @Test
    void theFolderIsWhereTheSystemKeepsSuchThings() {
        assertThat(ConsoleFolder.place("Linux", "/home/ann", Map.of()))
                .isEqualTo(Path.of("/home/ann/.local/state/patchbay"));
        assertThat(ConsoleFolder.place("Linux", "/home/ann", Map.of("XDG_STATE_HOME", "/state")))
                .isEqualTo(Path.of("/state/patchbay"));
        assertThat(ConsoleFolder.place("Mac OS X", "/Users/ann", Map.of()))
                .isEqualTo(Path.of("/Users/ann/Library/Application Support/Patchbay"));
        assertThat(ConsoleFolder.place("Windows 11", "/c/ann", Map.of("LOCALAPPDATA", "/c/local")))
                .isEqualTo(Path.of("/c/local/Patchbay"));
    }

    @Test
    void aProfileNameCannotLeadElsewhere(@TempDir Path base) {
        for (String name : new String[] {"", "..", "a/b", "a\\b", "x".repeat(41)}) {
            assertThatThrownBy(() -> ConsoleFolder.at(base, name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anAddressIsReadAsPeopleTypeIt() {
        assertThat(ServerAddress.parse(" localhost:8090 ").text()).isEqualTo("http://localhost:8090");
        assertThat(ServerAddress.parse("calls.example.com").live()).hasToString("wss://calls.example.com/live");
        assertThat(ServerAddress.parse("HTTP://10.0.0.5:8090/call/demo").text()).isEqualTo("http://10.0.0.5:8090");
        for (String wrong : new String[] {"", " ", "ftp://x", "http://", "a b", "://"}) {
            assertThatThrownBy(() -> ServerAddress.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
