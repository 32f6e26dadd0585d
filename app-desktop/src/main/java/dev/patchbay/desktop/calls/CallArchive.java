package dev.patchbay.desktop.calls;

import dev.patchbay.desktop.session.Api;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallDetails;
import dev.patchbay.model.CallId;
import dev.patchbay.model.Page;
import org.jspecify.annotations.Nullable;

/// Where past calls are read. Called on virtual threads; blocks until the answer is there.
public interface CallArchive {
    /// What to look for.
    ///
    /// @param missed only calls that nobody answered
    /// @param query a name or number; empty for all
    /// @param after the cursor of the page before; null for the newest
    record Wanted(boolean missed, String query, @Nullable String after) {}

    /// @throws dev.patchbay.desktop.session.Refused when the server says no
    /// @throws dev.patchbay.desktop.session.Unreachable when there is no answer
    Page<Call> calls(Wanted wanted);

    /// @throws dev.patchbay.desktop.session.Refused when the server says no, or the call is not there
    /// @throws dev.patchbay.desktop.session.Unreachable when there is no answer
    CallDetails details(CallId call);

    /// The server's.
    static CallArchive of(Api api) {
        return new CallArchive() {
            private static final int PAGE = 100;

            @Override
            public Page<Call> calls(Wanted wanted) {
                String query = wanted.query();
                return api.calls(
                        wanted.missed() ? "missed" : "history", query.isEmpty() ? null : query, wanted.after(), PAGE);
            }

            @Override
            public CallDetails details(CallId call) {
                return api.call(call);
            }
        };
    }
}
