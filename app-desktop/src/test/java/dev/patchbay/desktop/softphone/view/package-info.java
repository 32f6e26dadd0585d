@NullMarked
package dev.patchbay.desktop.softphone.view;

import org.jspecify.annotations.NullMarked;
