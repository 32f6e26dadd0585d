package dev.patchbay.desktop.voice.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The room with the machine's sound, if there is one, and rooms without. A room without sound leaves two sleeping
// native
/// threads behind when it is disposed, so they are kept and used again. Only for the native thread.
final class Rooms implements AutoCloseable {
    private final Deque<Room> empty = new ArrayDeque<>();
    private @Nullable Room sounding;

    /// From now on links get the machine's sound. The sound server must have been probed.
    Room sound() {
        Room room = Room.withSound();
        sounding = room;
        return room;
    }

    /// From now on links get none; those that have it keep it.
    void soundless() {
        // Not disposed: links may be in it, and the process will soon be replaced.
        sounding = null;
    }

    @Nullable
    Room sounding() {
        return sounding;
    }

    Room enter() {
        if (sounding != null) return sounding;
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
        if (sounding != null) sounding.close();
        sounding = null;
    }
}
