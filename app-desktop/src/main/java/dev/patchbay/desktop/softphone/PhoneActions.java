package dev.patchbay.desktop.softphone;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.CallId;
import org.jspecify.annotations.Nullable;

/// What an agent can do at the dock. Each may be called at any time, on the screen's thread; what makes no sense in the
/// present state does nothing. What comes of it is seen in [PhoneModel].
public interface PhoneActions {
    /// Takes the first of those that ring.
    void answer();

    void answer(CallId call);

    void decline(CallId call);

    void hangUp();

    void mute(boolean on);

    void hold(boolean on);

    /// @param digits of `0–9 A–D * #`
    void keypad(String digits);

    /// The text so far; saved while typing.
    void notes(String text);

    /// Ends the wrap-up.
    ///
    /// @param disposition key of [PhoneModel#dispositions]; null when the queue asks for none
    void wrapUp(@Nullable String disposition);

    /// More time to write up.
    void extend();

    /// @param reason of the break, null otherwise
    void setState(AgentState state, @Nullable String reason);

    /// What to be after this call; null for "available".
    void setNext(@Nullable AgentState state, @Nullable String reason);

    /// Rates nothing, ends nothing: shows no more of the warning.
    void dismissWarning();
}
