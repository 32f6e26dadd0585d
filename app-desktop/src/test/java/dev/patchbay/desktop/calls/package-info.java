@NullMarked
package dev.patchbay.desktop.calls;

import org.jspecify.annotations.NullMarked;
