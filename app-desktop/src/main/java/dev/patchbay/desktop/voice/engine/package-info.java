/// The media engine: the process that holds audio devices, peer connections and recordings.
@NullMarked
package dev.patchbay.desktop.voice.engine;

import org.jspecify.annotations.NullMarked;
