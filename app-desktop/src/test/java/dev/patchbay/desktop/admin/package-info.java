@NullMarked
package dev.patchbay.desktop.admin;

import org.jspecify.annotations.NullMarked;
