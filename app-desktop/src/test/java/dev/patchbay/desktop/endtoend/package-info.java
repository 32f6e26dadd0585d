/// The whole of it with nothing replaced: the server, the console and its voice process run as processes of their own,
/// a real browser calls the real page, and what is said is listened for at the loudspeakers.
///
/// [Office] starts all that and ends it. The console has a display of its own ([Display], an Xvfb) and a sound server
/// of its own; it is used by its keys, the page by its buttons, and both are judged by the server's REST interface and
/// by what is heard ([Ear]). A test that lacks a program is skipped and says what to install.
///
/// Threads: the test's own; each process has its own.
/// Must never happen: a process that outlives its test, or a real sound device or display that is touched.
/// Start reading at [WholeCallTest].
@NullMarked
package dev.patchbay.desktop.endtoend;

import org.jspecify.annotations.NullMarked;
