@NullMarked
package dev.patchbay.desktop.session;

import org.jspecify.annotations.NullMarked;
