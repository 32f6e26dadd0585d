package dev.patchbay.desktop;

/// JavaFX without a display.
public final class Headless {
    private Headless() {}

    /// Chooses the headless platform and the software renderer; before the toolkit starts.
    public static void on() {
        System.setProperty("patchbay.headless", "true");
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("prism.text", "t2k");
    }

    /// Whether this machine has a display that a window can open on.
    public static boolean needed() {
        String system = System.getProperty("os.name", "");
        if (!system.equals("Linux")) {
            return false;
        }
        String display = System.getenv("DISPLAY");
        String wayland = System.getenv("WAYLAND_DISPLAY");
        return (display == null || display.isEmpty()) && (wayland == null || wayland.isEmpty());
    }
}
