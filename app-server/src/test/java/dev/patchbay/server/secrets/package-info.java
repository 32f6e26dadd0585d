@NullMarked
package dev.patchbay.server.secrets;

import org.jspecify.annotations.NullMarked;
