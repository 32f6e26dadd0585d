@NullMarked
package dev.patchbay.desktop.leads;

import org.jspecify.annotations.NullMarked;
