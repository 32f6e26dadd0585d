package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.server.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedSecretTest {
    @TempDir
    Path folder;

    private Config node(String name) throws Exception {
        return Config.load(Map.of(), Map.of(), Files.createDirectories(folder.resolve(name)));
    }

    @Test
    void whatOneNodeSealedAnotherOneOpens() throws Exception {
        TestDatabase place = TestDatabase.fresh(TestDatabase.Kind.POSTGRESQL);
        try (Database database = Database.open(place.address(2), InstantSource.system())) {
            String sealed = IdentitySetup.secrets(node("one"), database).seal("totp:ann", "secret");
            assertThat(IdentitySetup.secrets(node("two"), database).open("totp:ann", sealed))
                    .isEqualTo("secret");
        } finally {
            place.drop();
        }
    }

    @Test
    void withoutPostgresqlTheKeyStaysInItsFile() throws Exception {
        TestDatabase place = TestDatabase.fresh(TestDatabase.Kind.H2);
        try (Database database = Database.open(place.address(2), InstantSource.system())) {
            IdentitySetup.secrets(node("alone"), database);
            assertThat(folder.resolve("alone/encryption-key")).isNotEmptyFile();
            int kept = database.acrossCompanies(handle -> handle.createQuery("select count(*) from node_secret")
                    .mapTo(Integer.class)
                    .one());
            assertThat(kept).isZero();
        }
    }
}
