@NullMarked
package dev.patchbay.desktop.line.web;

import org.jspecify.annotations.NullMarked;
