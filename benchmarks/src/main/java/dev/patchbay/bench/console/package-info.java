/// The console as a whole: what it takes in memory, and how soon its window is there.
///
/// [ConsoleProcess] is the real console in a process of its own, driven over its standard streams by [DrivenConsole]
/// inside it; [ServerProcess] the companion server as installed; [Memory] what the kernel and the JVM say of them.
@NullMarked
package dev.patchbay.bench.console;

import org.jspecify.annotations.NullMarked;
