package dev.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/asvs.md` says what is so: each requirement once, the counts right, every test that it names there.
class AsvsDocumentTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW =
            Pattern.compile("\\| (\\d+\\.\\d+\\.\\d+) \\| .+ \\| (met|n/a|\\*\\*open\\*\\*) \\| .+ \\|");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)\\b");

    private static String document() throws IOException {
        return Files.readString(HOME.resolve("docs/asvs.md"));
    }

    @Test
    void eachRequirementStandsOnceAndTheCountsAreRight() throws IOException {
        List<Matcher> rows =
                document().lines().map(ROW::matcher).filter(Matcher::matches).toList();
        assertThat(rows).hasSize(253);
        assertThat(rows.stream().map(row -> row.group(1))).doesNotHaveDuplicates();
        assertThat(document())
                .contains(
                        "**" + count(rows, "met") + " met**",
                        "**" + count(rows, "n/a") + " not applicable**",
                        "**" + count(rows, "**open**") + " open**");
    }

    private static long count(List<Matcher> rows, String state) {
        return rows.stream().filter(row -> row.group(2).equals(state)).count();
    }

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Stream.of("app-server", "app-desktop", "shared-model")
                .map(module -> HOME.resolve(module).resolve("src/test"))
                .filter(Files::isDirectory)
                .flatMap(AsvsDocumentTest::walk)) {
            tests = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        Matcher named = NAMED.matcher(document());
        while (named.find()) {
            assertThat(tests).contains(named.group(1));
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
