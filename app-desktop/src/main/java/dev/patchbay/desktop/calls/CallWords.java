package dev.patchbay.desktop.calls;

import dev.patchbay.desktop.controls.Icon;
import dev.patchbay.desktop.controls.Ticker;
import dev.patchbay.desktop.words.Words;
import dev.patchbay.model.AgentState;
import dev.patchbay.model.Call;
import dev.patchbay.model.CallStatus;
import dev.patchbay.model.PhoneNumber;
import dev.patchbay.model.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Says calls in the user's language: names, times, reasons, what happened.
///
/// Codes come from the server; one that this console does not know yet is shown as it is, so that nothing is hidden.
public final class CallWords {
    private static final int LONGEST_NAME = 120;

    private CallWords() {}

    /// The caller's name on one line. Control and direction marks are taken out: a hostile name must not turn the rest
    /// of the line around.
    public static String name(Call call) {
        String clean = plain(call.caller().name());
        return clean.isEmpty() ? Words.of("calls.caller.unknown") : clean;
    }

    /// A text of somebody outside, on one line, without marks that act on what stands beside it.
    public static String plain(String text) {
        StringBuilder clean = new StringBuilder();
        text.strip().codePoints().limit(LONGEST_NAME).forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR || c == '\n' || c == '\t') {
                clean.append(' ');
            } else if (type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString().strip();
    }

    public static String phone(String e164, String region) {
        return PhoneNumber.parse(e164, region)
                .map(number -> number.display(region))
                .orElse(e164);
    }

    /// The time today, the day and time before.
    public static String when(Instant at) {
        Locale locale = Words.language().get();
        ZonedDateTime local = at.atZone(ZoneId.systemDefault());
        boolean today = local.toLocalDate()
                .equals(Ticker.shared().now().atZone(ZoneId.systemDefault()).toLocalDate());
        return today
                ? local.format(
                        DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale))
                : local.format(DateTimeFormatter.ofPattern(Words.of("calls.date.pattern"), locale));
    }

    /// To the second, as the language writes times.
    public static String clock(Instant at) {
        return at.atZone(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM)
                        .withLocale(Words.language().get()));
    }

    /// In minutes and seconds.
    public static String lasted(Duration duration) {
        return dev.patchbay.desktop.controls.ClockLabel.text(duration);
    }

    /// How long it was talked; null when nobody answered.
    public static @Nullable Duration talked(Call call) {
        Instant answered = call.answeredAt();
        Instant ended = call.endedAt();
        return answered == null || ended == null ? null : Duration.between(answered, ended);
    }

    /// How long the caller waited for an answer that did not come.
    public static Duration rang(Call call) {
        Instant ended = call.endedAt();
        return ended == null ? Duration.ZERO : Duration.between(call.createdAt(), ended);
    }

    public static String status(CallStatus status) {
        return Words.of("calls.status." + status.wire());
    }

    public static String state(AgentState state) {
        return Words.of("common.state." + state.wire());
    }

    /// A stage of the pipeline; a company's own is shown as it is called.
    public static String stage(String stage) {
        return Words.has("leads.stage." + stage) ? Words.of("leads.stage." + stage) : stage;
    }

    /// Why it ended, in a sentence; the status when there is no reason.
    public static String ended(Call call) {
        String reason = call.endReason();
        if (reason == null) {
            return status(call.status());
        }
        return Words.has("calls.end." + reason)
                ? Words.of("calls.end." + reason, name(call), call.agentName() == null ? "" : call.agentName())
                : status(call.status()) + " (" + plain(reason) + ")";
    }

    /// Whether an entry tells a person something: that sound is being set up goes without saying.
    public static boolean tells(TimelineEntry entry) {
        return !(entry.type().equals("media")
                && "connecting".equals(entry.data().get("state")));
    }

    public static String entry(TimelineEntry entry) {
        Map<String, String> data = entry.data();
        String who = plain(entry.who());
        String key = "calls.timeline." + entry.type();
        if (!Words.has(key)) {
            return Words.of("calls.timeline.other", plain(entry.type()), who);
        }
        String detail = plain(data.getOrDefault(
                "digits",
                data.getOrDefault("stars", data.getOrDefault("queue", data.getOrDefault("disposition", "")))));
        String agent = plain(data.getOrDefault("agent", who));
        String state = data.get("state");
        String reason = state == null ? data.getOrDefault("reason", "") : state;
        String because =
                reason.isEmpty() ? "" : known((state == null ? "calls.reason." : "calls.sound.") + reason, reason);
        return Words.of(key, who, agent, detail, because).strip();
    }

    private static String known(String key, String code) {
        return Words.has(key) ? Words.of(key) : plain(code);
    }

    public static Feather feather(TimelineEntry entry) {
        return switch (entry.type()) {
            case "queued", "requeued", "created" -> Feather.USERS;
            case "offered", "ringing" -> Feather.BELL;
            case "answered", "joined" -> Feather.PHONE_CALL;
            case "held" -> Feather.PAUSE;
            case "resumed" -> Feather.PLAY;
            case "soft" -> Feather.MIC_OFF;
            case "unmuted" -> Feather.MIC;
            case "dtmf" -> Feather.GRID;
            case "declined", "noAnswer", "offerEnded", "missed", "abandoned" -> Feather.PHONE_MISSED;
            case "ended", "left", "hungUp" -> Feather.PHONE_OFF;
            case "wrapUp", "wrappedUp", "wrapUpDone", "wrapUpTimeOut" -> Feather.CHECK;
            case "notes" -> Feather.EDIT_3;
            case "rated" -> Feather.STAR;
            case "media" -> Feather.ACTIVITY;
            case "lead" -> Feather.USER_CHECK;
            default -> Feather.CIRCLE;
        };
    }

    /// The sort of call at a glance; the words beside it say the same.
    public static Node icon(Call call) {
        Feather feather = CallsController.missed(call)
                ? Feather.PHONE_MISSED
                : switch (call.direction()) {
                    case INBOUND -> Feather.PHONE_INCOMING;
                    case OUTBOUND -> Feather.PHONE_OUTGOING;
                    case INTERNAL -> Feather.USERS;
                };
        Node icon = Icon.of(feather);
        icon.getStyleClass().add(CallsController.missed(call) ? "missed-icon" : "soft-icon");
        return icon;
    }
}
