package dev.patchbay.desktop.voice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInLibraryTest {
    @Test
    void theLoaderTakesAStandInAndEveryFunctionOfItReturnsZero(@TempDir Path folder) throws Throwable {
        String processor = System.getProperty("os.arch");
        assumeTrue(System.getProperty("os.name").equals("Linux"), "the stand-in is for Linux only");
        List<String> functions = List.of("pb_first", "pb_second", "pb_third");
        Path file = folder.resolve("libpatchbay-test.so.0");
        Files.write(file, new StandInLibrary("libpatchbay-test.so.0", functions).bytes(processor));

        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup library = SymbolLookup.libraryLookup(file, arena);
            for (String function : functions) {
                var handle = Linker.nativeLinker()
                        .downcallHandle(
                                library.find(function).orElseThrow(), FunctionDescriptor.of(ValueLayout.JAVA_INT));
                assertThat((int) handle.invokeExact()).isZero();
            }
            assertThat(library.find("pb_fourth")).isEmpty();
        }
    }

    @Test
    void aLibraryLoadedAsAStandInIsFoundByItsNameAfterwards() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "the stand-in is for Linux only");
        String name = "libpatchbay-absent.so.7";
        assertThatThrownBy(() -> SymbolLookup.libraryLookup(name, Arena.global()))
                .isInstanceOf(IllegalArgumentException.class);

        new StandInLibrary(name, List.of("pb_only")).load();

        // Whatever is linked against that name is satisfied by the one in memory.
        assertThat(SymbolLookup.libraryLookup(name, Arena.global()).find("pb_only"))
                .isPresent();
    }

    @Test
    void aProcessorItIsNotMadeForIsRefused() {
        assertThatThrownBy(() -> new StandInLibrary("libx.so", List.of("f")).bytes("riscv64"))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("riscv64");
    }
}
