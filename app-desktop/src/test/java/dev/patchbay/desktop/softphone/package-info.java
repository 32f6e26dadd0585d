@NullMarked
package dev.patchbay.desktop.softphone;

import org.jspecify.annotations.NullMarked;
