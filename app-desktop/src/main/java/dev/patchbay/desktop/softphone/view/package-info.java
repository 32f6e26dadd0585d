/// The call dock at the right of the window, and the small window that an incoming call opens.
///
/// **What for.** An agent takes, leads and writes up calls without a mouse and without looking away from the screen in
/// the centre.
///
/// **How.** [dev.patchbay.desktop.softphone.PhoneModel] says what there is; [DockView] shows one card for each of its
/// states: [IdleCard], [RingingCard], [InCallCard], [WrapUpCard]. [DockController] says what keys and buttons do and
/// hands on to [dev.patchbay.desktop.softphone.PhoneActions]. [DialModel] reads what is typed into the dial pad.
/// [IncomingWindow] shows the ringing card on top of other applications.
///
/// **Threads.** JavaFX thread only.
///
/// **Never.** A digit that is typed into a text field goes out as a tone. A text that is typed is thrown away because
/// the call's state changed. A dialog stands in the way of a call.
///
/// **Start** at [DockController].
@NullMarked
package dev.patchbay.desktop.softphone.view;

import org.jspecify.annotations.NullMarked;
