package dev.patchbay.desktop.voice.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The room with the machine's sound, if there is one, and rooms without. Only the native thread changes them. A room
/// without sound leaves two sleeping
/// native threads behind when it is disposed, so they are kept and used again.
final class Rooms implements AutoCloseable {
    private final Deque<Room> empty = new ArrayDeque<>();
    private volatile @Nullable Room sounding;

    /// From now on links get the machine's sound. The sound server must have been probed.
    Room sound() {
        Room room = Room.withSound();
        sounding = room;
        return room;
    }

    @Nullable
    Room sounding() {
        return sounding;
    }

    Room enter() {
        Room real = sounding;
        if (real != null) return real;
        Room used = empty.poll();
        return used == null ? Room.silent() : used;
    }

    /// After the link's connection was closed.
    void leave(Room room) {
        Mouth mouth = room.mouth();
        if (mouth == null) return;
        mouth.stop();
        empty.push(room);
    }

    @Override
    public void close() {
        empty.forEach(Room::close);
        empty.clear();
        Room real = sounding;
        sounding = null;
        if (real != null) real.close();
    }
}
