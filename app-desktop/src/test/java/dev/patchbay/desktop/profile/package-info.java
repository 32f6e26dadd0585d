@NullMarked
package dev.patchbay.desktop.profile;

import org.jspecify.annotations.NullMarked;
