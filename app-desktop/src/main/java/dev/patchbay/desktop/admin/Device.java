package dev.patchbay.desktop.admin;

import dev.patchbay.desktop.words.Words;
import java.util.List;

/// What a person calls the thing that signed in.
public final class Device {
    private static final List<String> SYSTEMS = List.of("Windows", "Mac", "iPhone", "iPad", "Android", "Linux");
    /// In this order: each of them also names those before it in its own words.
    private static final List<String> BROWSERS = List.of("Edg", "OPR", "Firefox", "Chrome", "Safari");

    private Device() {}

    /// @param agent the `User-Agent` it sent
    public static String name(String agent) {
        String program = agent.startsWith("Patchbay")
                ? Words.of("admin.device.console")
                : BROWSERS.stream()
                        .filter(agent::contains)
                        .findFirst()
                        .map(name -> switch (name) {
                            case "Edg" -> "Edge";
                            case "OPR" -> "Opera";
                            default -> name;
                        })
                        .orElse("");
        String system = SYSTEMS.stream()
                .filter(agent::contains)
                .findFirst()
                .map(name -> name.equals("Mac") ? "macOS" : name)
                .orElse("");
        if (program.isEmpty()) {
            return agent.isBlank() ? Words.of("admin.device.unknown") : agent;
        }
        return system.isEmpty() ? program : Words.of("admin.device.on", program, system);
    }
}
