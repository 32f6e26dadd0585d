package dev.patchbay.desktop.shell;

import javafx.animation.AnimationTimer;

/// Tells a benchmark that measures the start when the first window was drawn; silent without
/// `-Dpatchbay.marks=true`.
final class Marks {
    private Marks() {}

    /// Prints `mark window <System.nanoTime()>` (comparable between processes on Linux) once the content has been laid
    /// out and handed to the renderer: at the second pulse from now. On the JavaFX thread.
    static void windowShown() {
        if (Boolean.getBoolean("patchbay.marks")) {
            new SecondPulse().start();
        }
    }

    private static final class SecondPulse extends AnimationTimer {
        private int pulses;

        @Override
        public void handle(long now) {
            pulses++;
            if (pulses == 2) {
                stop();
                System.out.println("mark window " + System.nanoTime());
            }
        }
    }
}
