@NullMarked
package dev.patchbay.desktop.console;

import org.jspecify.annotations.NullMarked;
