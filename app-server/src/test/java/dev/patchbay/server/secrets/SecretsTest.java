package dev.patchbay.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final String ONE = "a key of at least thirty-two bytes, the first";
    private static final String TWO = "a key of at least thirty-two bytes, the second";

    @TempDir
    Path folder;

    @Test
    void whatIsSealedOpensInItsPlaceOnly() {
        Secrets secrets = new Secrets(List.of(ONE));
        String sealed = secrets.seal("totp:ann", "the secret");
        assertThat(sealed).doesNotContain("secret");
        assertThat(secrets.open("totp:ann", sealed)).isEqualTo("the secret");
        assertThatThrownBy(() -> secrets.open("totp:bob", sealed)).isInstanceOf(Secrets.CannotOpen.class);
    }

    @Test
    void noBitOfASealedTextMayChange() {
        Secrets secrets = new Secrets(List.of(ONE));
        String[] parts = secrets.seal("x", "the secret").split("\\.");
        byte[] bytes = Base64.getUrlDecoder().decode(parts[2]);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            String text = parts[0] + "." + parts[1] + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThatThrownBy(() -> secrets.open("x", text)).isInstanceOf(Secrets.CannotOpen.class);
        }
        for (String text :
                List.of("", "plain", "s1..", "s1." + parts[1] + ".AAAA", "s2." + parts[1] + "." + parts[2])) {
            assertThatThrownBy(() -> secrets.open("x", text)).isInstanceOf(Secrets.CannotOpen.class);
        }
    }

    @Test
    void theSameTextNeverLooksTheSame() {
        Secrets secrets = new Secrets(List.of(ONE));
        assertThat(secrets.seal("x", "same")).isNotEqualTo(secrets.seal("x", "same"));
    }

    @Test
    void aNewKeyInFrontSealsAndTheOldOneStillOpens() {
        String old = new Secrets(List.of(ONE)).seal("x", "kept");
        Secrets changed = new Secrets(List.of(TWO, ONE));
        assertThat(changed.open("x", old)).isEqualTo("kept");
        String fresh = changed.seal("x", "new");
        assertThatThrownBy(() -> new Secrets(List.of(ONE)).open("x", fresh))
                .isInstanceOf(Secrets.CannotOpen.class)
                .hasMessageContaining("ENCRYPTION_KEY");
    }

    @Test
    void theKeyFileIsMadeOnceAndForItsOwnerOnly() throws IOException {
        Path file = folder.resolve("encryption-key");
        String sealed = Secrets.inFile(file).seal("x", "kept");
        assertThat(Secrets.inFile(file).open("x", sealed)).isEqualTo("kept");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }
}
