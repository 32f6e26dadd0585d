package dev.patchbay.desktop.voice.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A WAV file being written (RIFF, PCM 16 bit, 48 kHz). The header is right after every second of sound, so that the
/// file can be played even when the process was killed. Not for more than one thread.
final class WavFile implements AutoCloseable {
    private static final int HEADER = 44;
    private static final long LONGEST = 0xffff_ffffL - HEADER;

    private final FileChannel channel;
    private final int channels;
    private long written;
    private long told;

    private WavFile(FileChannel channel, int channels) {
        this.channel = channel;
        this.channels = channels;
    }

    /// Creates the file, readable and writable by its owner only; replaces one that is there.
    static WavFile create(Path file, int channels) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        Files.deleteIfExists(file);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mine = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mine);
        WavFile wav = new WavFile(channel, channels);
        try {
            wav.header();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return wav;
    }

    void write(byte[] interleaved) throws IOException {
        if (written + interleaved.length > LONGEST) throw new IOException("a WAV file cannot be longer than 4 GB");
        writeAt(ByteBuffer.wrap(interleaved), HEADER + written);
        written += interleaved.length;
        if (written - told >= 2L * Pcm.RATE * channels) header();
    }

    private void header() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt((int) (HEADER - 8 + written)).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) channels);
        header.putInt(Pcm.RATE)
                .putInt(2 * channels * Pcm.RATE)
                .putShort((short) (2 * channels))
                .putShort((short) 16);
        header.put(ascii("data")).putInt((int) written).flip();
        writeAt(header, 0);
        told = written;
    }

    private void writeAt(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) at += channel.write(bytes, at);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            header();
        }
    }

    /// Reads a whole file.
    ///
    /// @return mono, 48 kHz
    /// @throws IOException when it is not PCM 16 bit with one or two channels, or longer than ten minutes
    static short[] read(Path file) throws IOException {
        if (Files.size(file) > 120_000_000) throw new IOException("longer than ten minutes");
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 12 || in.getInt() != 0x46464952) throw new IOException("not a WAV file");
        in.position(12);
        int channels = 0;
        int rate = 0;
        while (in.remaining() >= 8) {
            int chunk = in.getInt();
            long length = Integer.toUnsignedLong(in.getInt());
            int next = (int) Math.min(in.limit(), in.position() + length + (length & 1));
            if (chunk == 0x20746d66 && length >= 16) {
                int format = in.getShort();
                channels = in.getShort();
                rate = in.getInt();
                int bits = in.getShort(in.position() + 6);
                if ((format != 1 && format != -2) || bits != 16 || channels < 1 || channels > 2 || rate < 4000)
                    throw new IOException("only PCM with 16 bit and one or two channels can be spoken");
            } else if (chunk == 0x61746164 && channels > 0) {
                byte[] data = new byte[(int) Math.min(length, in.remaining())];
                in.get(data);
                return Pcm.mono(data, rate, channels, data.length / (2 * channels));
            }
            in.position(next);
        }
        throw new IOException("a WAV file without sound");
    }
}
