/// The call page in a real browser: the kit and the tests.
///
/// [Chromium] starts a browser with a voice on its microphone, [VisitorPage] is the call page in one of its tabs,
/// [BrowserAgent] an agent in another one who speaks the live protocol and has a WebRTC connection of its own, [Sound]
/// what was heard. The console's end-to-end tests use the same kit. Every class is for one test thread.
///
/// Without Chromium and chromedriver the tests are skipped, with a line that says what to install.
@NullMarked
package dev.patchbay.server.visitor;

import org.jspecify.annotations.NullMarked;
