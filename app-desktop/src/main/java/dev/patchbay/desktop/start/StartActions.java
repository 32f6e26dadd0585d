package dev.patchbay.desktop.start;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the first steps ask for. Every method blocks and is called on a virtual thread; none throws for what can be
/// expected: it says so in an [Outcome].
public interface StartActions {
    /// Starts a server on this machine with its first company and administrator, and remembers it.
    ///
    /// @param progress what is being done, in the user's language
    Outcome<Server> create(NewServer wish, Consumer<String> progress);

    /// Looks who answers at an address that a person typed.
    Outcome<Found> find(String typed);

    /// Chooses a server, and its certificate when it was shown and confirmed; remembered for the next start.
    Outcome<Server> connect(Found found);

    /// Signs in at the chosen server. When done, the caller of [StartView] goes on to the console.
    ///
    /// @param code of the second factor; null at first. A refusal that names the field `code` asks for it
    Outcome<Done> signIn(String email, String password, @Nullable String code);

    default Outcome<Done> signIn(String email, String password) {
        return signIn(email, password, null);
    }

    /// Asks the chosen server to send a letter with a link for a new password. Done also when nobody has the address.
    Outcome<Done> forgot(String email);

    /// Who else vouches for people at the chosen server, such as `google`; empty when nobody, or nobody answers.
    List<String> providers();

    /// Signs in through one of the [#providers], in the system's browser. Blocks until the person is done there, or
    /// has left it alone for some minutes.
    ///
    /// @param code of the second factor, after a refusal that asked for it: the browser is not needed again
    Outcome<Done> signInWith(String provider, @Nullable String code);

    /// Under which addresses this machine can be reached from its network, likeliest first.
    List<String> addresses();

    /// What came of it.
    sealed interface Outcome<T> {
        record Ready<T>(T value) implements Outcome<T> {}

        /// @param sentence what happened, what it means and what to do, in the user's language
        /// @param fields sentences by field (`company`, `name`, `email`, `password`, `address`), when it is
        /// about them
        record Refused<T>(String sentence, Map<String, String> fields) implements Outcome<T> {
            public Refused {
                fields = Map.copyOf(fields);
            }
        }
    }

    /// Nothing more to say.
    record Done() {}

    /// @param password never logged: the text form leaves it out
    /// @param address the host that colleagues use; null when only this machine is to reach it
    record NewServer(
            String company,
            String name,
            String email,
            String password,
            @Nullable String address) {
        @Override
        public String toString() {
            return "NewServer[" + company + ", " + email + ", " + address + "]";
        }
    }

    /// @param fingerprint SHA-256 of a certificate that no known authority vouches for; null when one does, or plain
    ///     HTTP on this machine
    record Found(String address, String product, @Nullable String fingerprint) {}

    /// @param address as colleagues type it
    /// @param fingerprint what they compare; null when not needed
    record Server(String address, @Nullable String fingerprint) {}
}
