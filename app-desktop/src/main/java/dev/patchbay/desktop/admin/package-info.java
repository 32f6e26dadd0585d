/// What an administrator keeps in order: users, offices, queues, skills, outcomes, break reasons, roles, companies, and
/// the audit log.
///
/// What for: nobody needs the command line or SQL to run a call centre.
///
/// How: all lists are one shape. A [dev.patchbay.desktop.admin.Section] describes a list by data (columns, inputs,
/// where it lives), [dev.patchbay.desktop.admin.SectionController] loads, filters and saves it,
/// [dev.patchbay.desktop.admin.SectionView] shows table and editor; a [dev.patchbay.desktop.admin.Draft] is one entry
/// being edited. What has another shape stands beside: the import of users, the audit log.
///
/// Threads: views, models and drafts on the JavaFX thread; [dev.patchbay.desktop.session.Errands] asks the server.
///
/// Must never happen: what was typed overwritten by what came from the server; a password kept in a model longer than
/// it shows; an entry changed over somebody's newer change unseen.
///
/// Start at [dev.patchbay.desktop.admin.AdminScreen], then [dev.patchbay.desktop.admin.UserSection].
@NullMarked
package dev.patchbay.desktop.admin;

import org.jspecify.annotations.NullMarked;
