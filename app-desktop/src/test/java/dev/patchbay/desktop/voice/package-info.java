/// Tests of the port, its two adapters and the process, most of them with real WebRTC between real processes.
@NullMarked
package dev.patchbay.desktop.voice;

import org.jspecify.annotations.NullMarked;
