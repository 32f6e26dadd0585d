package dev.patchbay.desktop.voice.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A shared library that has every wanted function and does nothing in any of them: each returns 0.
///
/// webrtc-java's Linux library is linked against libpulse and does not load where it is absent, although without a
/// sound server not one of its functions
/// is called. A stand-in with the same name in the process lets it load there, so that calls can be simulated and heard
/// into files on a bare machine.
///
/// The file is the smallest ELF object the dynamic loader takes: System V gABI, chapters 4 and 5 ("Object Files",
/// "Dynamic Linking").
final class StandInLibrary {
    private static final int PAGE = 0x1000;
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int PROGRAM_HEADERS = 4;
    private static final int SYMBOL = 24;
    private static final int DYNAMIC_ENTRIES = 7;

    /// `xor eax, eax; ret`.
    private static final byte[] RETURN_ZERO_X64 = {0x31, (byte) 0xC0, (byte) 0xC3};

    /// `mov x0, #0; ret`.
    private static final byte[] RETURN_ZERO_ARM64 = {0, 0, (byte) 0x80, (byte) 0xD2, (byte) 0xC0, 3, 0x5F, (byte) 0xD6};

    private final String name;
    private final List<String> functions;

    /// @param name the library's name, as others ask for it: `libpulse.so.0`
    StandInLibrary(String name, List<String> functions) {
        this.name = name;
        this.functions = List.copyOf(functions);
    }

    /// Loads the stand-in into this process.
    ///
    /// @throws IOException when it cannot be written
    /// @throws UnsatisfiedLinkError on a processor it is not made for
    void load() throws IOException {
        Path folder = Files.createTempDirectory("patchbay-");
        Path file = folder.resolve(name);
        Files.write(file, bytes(System.getProperty("os.arch")));
        try {
            System.load(file.toString());
        } finally {
            // The mapping lives on; the file is not needed any more.
            Files.delete(file);
            Files.delete(folder);
        }
    }

    byte[] bytes(String architecture) {
        boolean arm = architecture.equals("aarch64");
        if (!arm && !architecture.equals("amd64")) {
            throw new UnsatisfiedLinkError("no stand-in for " + name + " on " + architecture);
        }
        byte[] code = arm ? RETURN_ZERO_ARM64 : RETURN_ZERO_X64;
        byte[] strings = strings();
        int symbolCount = functions.size() + 1;
        int symbols = HEADER + PROGRAM_HEADERS * PROGRAM_HEADER;
        int hash = symbols + symbolCount * SYMBOL;
        int hashSize = 4 * (2 + 1 + symbolCount);
        int text = align(hash + hashSize, 16);
        int names = text + code.length;
        int readOnlyEnd = names + strings.length;
        // The loader writes into the dynamic section, so it stands on a page of its own.
        int dynamic = align(readOnlyEnd, PAGE);
        int dynamicSize = DYNAMIC_ENTRIES * 16;

        ByteBuffer out = ByteBuffer.allocate(dynamic + dynamicSize).order(ByteOrder.LITTLE_ENDIAN);
        header(out, arm ? 183 : 62);
        programHeader(out, 1, 5, 0, readOnlyEnd, PAGE);
        programHeader(out, 1, 6, dynamic, dynamicSize, PAGE);
        programHeader(out, 2, 6, dynamic, dynamicSize, 8);
        // Says that the stack need not be executable; without it the JVM refuses or warns.
        programHeader(out, 0x6474e551, 6, 0, 0, 16);

        out.position(symbols + SYMBOL);
        int nameOffset = 1 + name.length() + 1;
        for (String function : functions) {
            out.putInt(nameOffset)
                    .put((byte) 0x12)
                    .put((byte) 0)
                    .putShort((short) 1)
                    .putLong(text)
                    .putLong(code.length);
            nameOffset += function.length() + 1;
        }
        // One bucket: a chain through all symbols, of which there are few.
        out.position(hash);
        out.putInt(1).putInt(symbolCount).putInt(symbolCount > 1 ? 1 : 0).putInt(0);
        for (int i = 1; i < symbolCount; i++) {
            out.putInt(i + 1 < symbolCount ? i + 1 : 0);
        }
        out.position(text).put(code).put(strings);
        out.position(dynamic);
        entry(out, 14, 1);
        entry(out, 4, hash);
        entry(out, 5, names);
        entry(out, 6, symbols);
        entry(out, 10, strings.length);
        entry(out, 11, SYMBOL);
        entry(out, 0, 0);
        return out.array();
    }

    private byte[] strings() {
        return ("\0" + name + "\0" + String.join("\0", functions) + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private static void header(ByteBuffer out, int machine) {
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        out.putShort((short) 3)
                .putShort((short) machine)
                .putInt(1)
                .putLong(0)
                .putLong(HEADER)
                .putLong(0);
        out.putInt(0).putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) PROGRAM_HEADERS);
        out.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    }

    private static void programHeader(ByteBuffer out, int type, int flags, int at, int size, int align) {
        out.putInt(type)
                .putInt(flags)
                .putLong(at)
                .putLong(at)
                .putLong(at)
                .putLong(size)
                .putLong(size)
                .putLong(align);
    }

    private static void entry(ByteBuffer out, long tag, long value) {
        out.putLong(tag).putLong(value);
    }

    private static int align(int value, int to) {
        return (value + to - 1) / to * to;
    }
}
