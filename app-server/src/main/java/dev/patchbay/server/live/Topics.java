package dev.patchbay.server.live;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which events a client asked for, by the first word of their type. Unknown topics are passed over: a newer console
/// may ask an older server.
record Topics(Set<String> things) {
    private static final Topics ALL = new Topics(Set.of());

    /// `sharktank` and `pipeline` are the sources' names for leads.
    private static final Map<String, List<String>> BY_TOPIC = Map.of(
            "leads", List.of("lead"),
            "sharktank", List.of("lead"),
            "pipeline", List.of("lead"),
            "calls", List.of("call", "participant", "visitor"),
            "agents", List.of("agent", "presence"),
            "queues", List.of("queue"),
            "settings", List.of("settings"));

    static Topics of(@Nullable List<String> asked) {
        if (asked == null || asked.isEmpty()) {
            return ALL;
        }
        Set<String> things = asked.stream()
                .map(topic -> BY_TOPIC.getOrDefault(String.valueOf(topic), List.of()))
                .flatMap(Collection::stream)
                .collect(Collectors.toUnmodifiableSet());
        return new Topics(things.isEmpty() ? Set.of("none of the known") : things);
    }

    /// The first word of an event's type.
    static String thing(String eventType) {
        int dot = eventType.indexOf('.');
        return dot < 0 ? eventType : eventType.substring(0, dot);
    }

    boolean take(String thing) {
        return things.isEmpty() || things.contains(thing);
    }
}
