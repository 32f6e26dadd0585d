package dev.patchbay.desktop.shell;

import dev.patchbay.model.AgentState;
import dev.patchbay.model.AgentView;
import dev.patchbay.model.Me;
import java.time.Duration;
import java.time.Instant;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/// What the window shows of the session and what it asks of it. All on the JavaFX thread; a wish that is refused is
/// told by the session as a toast.
public interface ShellModel {
    /// Who signed in.
    ObservableValue<@Nullable Me> me();

    /// The own state as the server has it; null until known or for a user who takes no calls.
    ObservableValue<@Nullable AgentView> agent();

    /// Names of the company's break reasons.
    ObservableList<String> breakReasons();

    ObservableValue<Live> live();

    ObservableValue<Waiting> waiting();

    /// By the id of the screen.
    ObservableMap<String, Count> badges();

    void setState(AgentState state, @Nullable String reason);

    /// The state to take after this call; null takes the choice back.
    void setNext(@Nullable AgentState state, @Nullable String reason);

    void signOut();

    /// The connection to the server.
    sealed interface Live {
        /// @param delay of the last question and answer
        /// @param silentFor how long nothing has come; amber above five seconds
        record Connected(Duration delay, Duration silentFor) implements Live {}

        record Connecting() implements Live {}

        /// @param kept changes that wait on this machine to be sent
        record Offline(int kept) implements Live {}
    }

    /// Callers waiting in the own queues.
    ///
    /// @param oldest since when the first of them waits
    record Waiting(int count, @Nullable Instant oldest) {}

    /// @param urgent somebody waits
    record Count(int number, boolean urgent) {}
}
