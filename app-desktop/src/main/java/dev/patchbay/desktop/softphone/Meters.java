package dev.patchbay.desktop.softphone;

import dev.patchbay.desktop.session.Published;
import dev.patchbay.desktop.voice.MissingAudio;
import dev.patchbay.desktop.voice.VoiceEvent;
import dev.patchbay.desktop.voice.VoiceLevels;
import dev.patchbay.desktop.voice.VoiceSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// What the voice process says about levels, quality and trouble, put where screens see it. On the session's loop.
final class Meters {
    private final Published<VoiceLevels> levels;
    private final Published<Optional<Sound>> sound;
    private final Published<Optional<VoiceEvent.Warning.Kind>> warning;
    private final Published<VoiceTrouble> trouble;

    Meters(PhoneModel model, Executor screen, VoiceSnapshot first) {
        levels = Published.into(model.levels(), VoiceLevels.SILENT, screen);
        sound = new Published<>(Optional.empty(), screen);
        sound.property().subscribe(now -> model.sound().set(now.orElse(null)));
        warning = new Published<>(Optional.empty(), screen);
        warning.property().subscribe(now -> model.warning().set(now.orElse(null)));
        trouble = Published.into(model.trouble(), new VoiceTrouble.None(), screen);
        trouble.set(of(first));
    }

    private static VoiceTrouble of(VoiceSnapshot snapshot) {
        MissingAudio missing = snapshot.missing();
        return switch (snapshot.engine()) {
            case STARTING -> new VoiceTrouble.Starting();
            case LOST -> new VoiceTrouble.Restarting();
            case DETACHED -> new VoiceTrouble.TakenOver();
            case READY -> missing == null ? new VoiceTrouble.None() : trouble(missing);
        };
    }

    /// A console that was told to run without sound (the demo's, tests') has no trouble to tell of.
    private static VoiceTrouble trouble(MissingAudio missing) {
        return missing.reason() == MissingAudio.Reason.SWITCHED_OFF
                ? new VoiceTrouble.None()
                : new VoiceTrouble.Missing(missing);
    }

    /// @param current the link of the call at hand
    void hear(VoiceEvent event, Supplier<Optional<String>> current) {
        switch (event) {
            case VoiceEvent.Levels(var now) -> {
                double heard = current.get()
                        .map(link -> now.links().getOrDefault(link, 0.0))
                        .orElse(0.0);
                levels.set(new VoiceLevels(now.microphone(), Map.of("caller", heard)));
            }
            case VoiceEvent.Quality quality -> {
                if (current.get().filter(quality.link()::equals).isPresent()) {
                    sound.set(Optional.of(Sound.of(quality.mos(), quality.rtt(), quality.jitter(), quality.loss())));
                }
            }
            case VoiceEvent.Warning(var kind) -> warning.set(Optional.of(kind));
            case VoiceEvent.EngineReady(var snapshot) -> trouble.set(of(snapshot));
            case VoiceEvent.EngineStarting _ -> {
                if (!(trouble.now() instanceof VoiceTrouble.Restarting)) {
                    trouble.set(new VoiceTrouble.Starting());
                }
            }
            case VoiceEvent.EngineLost _ -> trouble.set(new VoiceTrouble.Restarting());
            case VoiceEvent.TakenOver _ -> trouble.set(new VoiceTrouble.TakenOver());
            case VoiceEvent.AudioMissing(var what) -> trouble.set(trouble(what));
            case VoiceEvent.AudioFound _ -> trouble.set(new VoiceTrouble.None());
            default -> {}
        }
    }

    /// No call: nothing to measure.
    void silent() {
        levels.set(VoiceLevels.SILENT);
        sound.set(Optional.empty());
        warning.set(Optional.empty());
    }
}
