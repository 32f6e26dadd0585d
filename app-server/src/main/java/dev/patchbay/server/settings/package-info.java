/// Settings: of the installation (read only), of a company, of a user, and what can be chosen (themes, languages).
///
/// A company's and a user's settings are one JSON object each; what is absent has its default, so that a new setting
/// needs no migration. A change is told by `settings.changed`: other devices load anew.
///
/// Threads: any. Never: a secret in a setting that is shown. Start reading at [CompanySettings].
@NullMarked
package dev.patchbay.server.settings;

import org.jspecify.annotations.NullMarked;
