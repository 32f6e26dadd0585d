/// Tests of the console as a whole: which package may know which.
@NullMarked
package dev.patchbay.desktop;

import org.jspecify.annotations.NullMarked;
