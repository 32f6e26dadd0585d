package dev.patchbay.desktop.line;

import dev.patchbay.model.IceServer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A way by which calls reach this console's voice process. Called on the session's loop only.
public interface Line extends AutoCloseable {

    /// Sets a leg up so that answering is instant, without letting sound through. A leg that stands already, also one
    /// that outlived the last window, is left as it is.
    void warm(Leg leg, List<IceServer> ice);

    /// Lets sound through, both ways. The leg must be warm or be warmed soon after.
    void live(Leg leg);

    /// Stops or resumes the sound by direction.
    void hold(Leg leg, boolean on);

    /// Silences the own voice on every leg, those to come too.
    void mute(boolean on);

    /// @param digits of `0–9 A–D * #`
    void dtmf(Leg leg, String digits);

    /// Ends a leg. The other side is told by the server, which ends the call.
    void end(Leg leg);

    /// Ends every leg but these, among them those that an earlier window left behind.
    void keepOnly(Set<Leg> legs);

    /// Mends what is broken, now: the network or the line to the server has just come back.
    void mend();

    /// The name of the leg's link in the voice process, for levels, quality and recording; empty while it has none.
    Optional<String> link(Leg leg);

    /// Stops listening. Does not end the legs: a call outlives its console.
    @Override
    void close();

    /// Hears how legs stand, on the loop.
    @FunctionalInterface
    interface Listener {
        void changed(Leg leg, LegState state);
    }
}
