package dev.patchbay.desktop.voice.engine;

/// Where sound flows to, in frames of 10 ms (mono, 48 kHz). Called on an audio thread: no waiting, no writing, and the
/// frame is not to be changed.
@FunctionalInterface
interface Tap {
    void hear(short[] frame);
}
