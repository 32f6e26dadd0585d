package dev.patchbay.desktop.session;

import java.util.function.Consumer;

/// What screens ask of the server. Answers come on the screen's thread, once each.
///
/// The types are those of the live protocol, such as `lead.claim`; `data` is a record or a map, written as JSON.
public interface Commands {

    /// Asks now. Without a line to the server the answer is [Answer.Failed], at once: for what makes no sense later,
    /// such
    /// as answering a call or claiming a lead.
    void ask(String type, Object data, Consumer<Answer> answer);

    /// Puts the command on disk, then sends it, after those that were put there before it. Without a line the answer is
    /// [Answer.Kept]; it goes out once when the line is back, also after a restart of the console. For what the
    /// agent
    /// wrote: leads, notes, wrap-ups.
    void keep(String type, Object data, Consumer<Answer> answer);
}
