package dev.patchbay.desktop.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// Puts recordings one behind the other.
final class WavFile {
    private static final AudioFormat USUAL = new AudioFormat(48_000, 16, 1, true, false);

    private WavFile() {}

    /// Joins the parts that exist into one file of the first part's format, and deletes them. Without parts the file
    /// holds silence of no length.
    static void join(List<Path> parts, Path whole) throws IOException {
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        AudioFormat format = USUAL;
        for (Path part : parts) {
            if (Files.exists(part)) {
                try (AudioInputStream in = AudioSystem.getAudioInputStream(part.toFile())) {
                    format = in.getFormat();
                    in.transferTo(sound);
                } catch (UnsupportedAudioFileException e) {
                    throw new IOException(part + " is no recording", e);
                }
                Files.delete(part);
            }
        }
        byte[] bytes = sound.toByteArray();
        try (AudioInputStream all = new AudioInputStream(
                new java.io.ByteArrayInputStream(bytes), format, bytes.length / format.getFrameSize())) {
            AudioSystem.write(all, AudioFileFormat.Type.WAVE, whole.toFile());
        }
    }
}
