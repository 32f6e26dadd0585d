/// The media engine measured from inside: [LoopMain] needs the links, the mouth and the ear themselves.
@NullMarked
package dev.patchbay.desktop.voice.engine;

import org.jspecify.annotations.NullMarked;
