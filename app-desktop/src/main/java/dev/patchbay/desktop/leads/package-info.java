/// The leads screen: shark tank, own pipeline, all leads, and the form beside them.
///
/// **What for.** An agent sees leads come and go live, claims one, writes down what was said, without ever waiting for
/// the list.
///
/// **How.** [LeadsScreen] is what the shell shows. [LeadsView] lays out and binds; [LeadList] holds every lead as a
/// [LeadRow] and keeps the shown ones filtered and in order; [LeadForm] is one edit in progress; [LeadsController]
/// says what a key or button does. Changes come in through [LeadInbox] from any thread and reach the list in one go,
/// ten times a second at most. What goes to the server goes through [LeadsDesk].
///
/// **Threads.** Everything lives on the JavaFX thread except [LeadInbox], which takes changes from any thread, and
/// [LeadsDesk], which is called on virtual threads and may block.
///
/// **Never.** An extractor under a sorted list (it froze for ten seconds with 100,000 rows), one `runLater` for each
/// change, a text that the user typed overwritten by what came from elsewhere.
///
/// **Start** at [LeadsController].
@NullMarked
package dev.patchbay.desktop.leads;

import org.jspecify.annotations.NullMarked;
