@NullMarked
package dev.patchbay.desktop.scenes;

import org.jspecify.annotations.NullMarked;
