package dev.patchbay.server.live;

import java.nio.ByteBuffer;

/// Direct memory for frames, which the kernel reads where it is: cut off a larger piece, for a piece of its own costs
/// more than most frames. A piece is freed when nothing refers to any part of it. Used by one thread at a time.
final class Slab {
    private static final int PIECE = 64 * 1_024;

    private ByteBuffer piece = ByteBuffer.allocate(0);

    /// An empty buffer with so many bytes.
    ByteBuffer room(int bytes) {
        if (bytes > PIECE / 4) {
            return ByteBuffer.allocateDirect(bytes);
        }
        if (piece.remaining() < bytes) {
            piece = ByteBuffer.allocateDirect(PIECE);
        }
        ByteBuffer room = piece.slice(piece.position(), bytes);
        piece.position(piece.position() + bytes);
        return room;
    }
}
