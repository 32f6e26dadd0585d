package dev.patchbay.desktop.softphone;

/// Something to say once, without stopping the agent: a toast.
///
/// @param code the words key is `softphone.notice.` and this: `answeredByOther` (text: who), `callerGone`,
/// `answeredTooLate`,
///     `notAnswered` (no line to the server), `notDone` (text: the server's sentence)
/// @param text what goes into the sentence; empty when nothing does
public record Notice(Code code, String text) {
    public enum Code {
        /// A colleague was faster; the text is the name.
        ANSWERED_BY_OTHER,
        /// The caller hung up before.
        CALLER_GONE,
        /// It rings elsewhere by now.
        TOO_LATE,
        /// No line to the server: the call could not be answered, held, dialled.
        NO_LINE,
        /// The server said no; the text is its sentence.
        REFUSED,
        /// The call went back to the queue while this console was away.
        GIVEN_BACK
    }
}
