package dev.patchbay.desktop.voice.engine;

/// Says once that something lasts, and not again for a while. Counts in questions, which come ten times in a second.
final class Lasting {
    private final int enough;
    private final int pause;
    private int lasted;
    private int resting;

    Lasting(int enough, int pause) {
        this.enough = enough;
        this.pause = pause;
    }

    boolean lasts(boolean now) {
        if (resting > 0) resting--;
        lasted = now ? lasted + 1 : 0;
        if (lasted < enough || resting > 0) return false;
        resting = pause;
        lasted = 0;
        return true;
    }
}
