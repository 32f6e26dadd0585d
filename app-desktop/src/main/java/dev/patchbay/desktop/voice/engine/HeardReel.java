package dev.patchbay.desktop.voice.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Writes one side as it was heard, frame for frame.
final class HeardReel implements Reel, Tap {
    /// Ten seconds; a disk that is slower loses sound instead of stalling the call.
    private final BlockingQueue<short[]> waiting = new ArrayBlockingQueue<>(1000);
    private final WavFile file;

    HeardReel(Path path) throws IOException {
        file = WavFile.create(path, 1);
    }

    @Override
    @SuppressWarnings("CheckReturnValue") // a full queue drops the frame, on purpose
    public void hear(short[] frame) {
        waiting.offer(frame);
    }

    @Override
    public void tick(long now) throws IOException {
        for (short[] frame = waiting.poll(); frame != null; frame = waiting.poll()) file.write(Pcm.bytes(frame));
    }

    @Override
    public void end() throws IOException {
        try (file) {
            tick(0);
        }
    }
}
