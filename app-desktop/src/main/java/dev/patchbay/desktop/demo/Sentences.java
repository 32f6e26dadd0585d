package dev.patchbay.desktop.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// The callers' recorded sentences, unpacked from the program (mu-law there, to be small) into WAV files that the voice
/// process reads.
public final class Sentences {
    private final Path folder;

    /// @param folder where to unpack to; the files stay until the folder is deleted
    public Sentences(Path folder) {
        this.folder = folder;
    }

    /// The file of one sentence, 16-bit PCM.
    ///
    /// @param number from 1
    Path of(Caller caller, int number) {
        String name = caller.id() + "-" + number + ".wav";
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            return file;
        }
        try (InputStream packed = Sentences.class.getResourceAsStream("/demo/voices/" + name)) {
            if (packed == null) {
                throw new IllegalStateException("the demo has no sentence " + name);
            }
            try (AudioInputStream in = AudioSystem.getAudioInputStream(new BufferedInputStream(packed))) {
                AudioFormat plain = new AudioFormat(in.getFormat().getSampleRate(), 16, 1, true, false);
                AudioSystem.write(AudioSystem.getAudioInputStream(plain, in), AudioFileFormat.Type.WAVE, file.toFile());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + name + " to " + folder, e);
        } catch (UnsupportedAudioFileException e) {
            throw new IllegalStateException("the demo's sentence " + name + " is damaged", e);
        }
    }
}
