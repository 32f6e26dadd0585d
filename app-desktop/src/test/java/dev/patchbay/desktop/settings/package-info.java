/// Tests of the package of the same name; those with a window run on JavaFX's headless platform.
@NullMarked
package dev.patchbay.desktop.settings;

import org.jspecify.annotations.NullMarked;
