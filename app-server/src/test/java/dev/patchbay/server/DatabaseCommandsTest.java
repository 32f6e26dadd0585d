package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `admin migrate`, `seed`, `backup`, `restore` and the rest, as typed.
class DatabaseCommandsTest {
    @TempDir
    Path folder;

    private record Outcome(int code, String out, String err) {}

    private Outcome admin(String data, String... words) {
        List<String> args = new ArrayList<>(List.of("admin"));
        args.addAll(List.of(words));
        args.addAll(List.of("--data", folder.resolve(data).toString()));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            int code = Main.execute(args.toArray(String[]::new));
            return new Outcome(
                    code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void anAdministratorSeedsBacksUpRestoresUndoesAndResets() throws Exception {
        String backup = folder.resolve("kept.zip").toString();
        assertThat(admin("one", "migrate-status").code()).isEqualTo(1);
        assertThat(admin("one", "backup", backup).err()).contains("nothing to back up");
        Outcome migrated = admin("one", "migrate");
        assertThat(migrated.code()).isZero();
        assertThat(migrated.out()).contains("migrations ran");
        Outcome status = admin("one", "migrate-status");
        assertThat(status.code()).isZero();
        assertThat(status.out()).contains("spine").contains("Success");
        assertThat(admin("one", "seed").out()).contains("demo password").contains("seeded");

        Outcome kept = admin("one", "backup", backup);
        assertThat(kept.code()).isZero();
        assertThat(kept.out()).containsPattern("backed up \\d+ rows of \\d+ tables");
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(backup))))
                    .isEqualTo("rw-------");
        }
        assertThat(admin("one", "backup", backup).code()).isEqualTo(2);

        assertThat(admin("two", "restore", backup).code()).isZero();
        Outcome again = admin("two", "restore", backup);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err().strip()).hasLineCount(1).contains("--replace");
        assertThat(admin("two", "restore", backup, "--replace").code()).isZero();

        Outcome undone = admin("two", "migrate-undo");
        assertThat(undone.code()).isZero();
        assertThat(undone.out()).contains("patchbay-before-undo-");
        assertThat(admin("two", "migrate-status").code()).isEqualTo(1);
        assertThat(admin("two", "migrate").code()).isZero();

        Outcome unsure = admin("two", "reset");
        assertThat(unsure.code()).isEqualTo(2);
        assertThat(unsure.err()).contains("--yes");
        assertThat(admin("two", "reset", "--yes").code()).isZero();
        assertThat(admin("two", "restore", backup).code()).isZero();
        assertThat(admin("two", "restore", folder.resolve("none.zip").toString())
                        .code())
                .isEqualTo(2);
    }
}
