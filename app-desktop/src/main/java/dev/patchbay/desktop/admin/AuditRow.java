package dev.patchbay.desktop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.desktop.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One line of the audit log, as a person reads it.
record AuditRow(JsonNode row) {
    private static final Set<String> CHANGE = Set.of("from", "to");

    String at() {
        return Said.when(row.path("at").asText());
    }

    /// As [#at], short enough for a column.
    String shortly() {
        return Said.shortly(row.path("at").asText());
    }

    String who() {
        String name = row.path("actor").path("name").asText("");
        return name.isEmpty() ? Words.of("admin.audit.system") : name;
    }

    /// In the user's words where there are any.
    String action() {
        String action = row.path("action").asText();
        String key = "admin.audit.action." + action;
        return Words.has(key) ? Words.of(key) : action;
    }

    /// What it was done to: by name where the detail has it.
    String subject() {
        JsonNode detail = row.path("detail");
        for (String field : List.of("user", "name", "email")) {
            String said = value(detail.path(field));
            if (!said.isEmpty()) {
                return said;
            }
        }
        return row.path("subject").asText("");
    }

    String address() {
        return row.path("address").asText("");
    }

    /// Name and value of all that was kept with it; a change as before → after.
    List<Map.Entry<String, String>> details() {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        row.path("detail").properties().forEach(each -> all.add(Map.entry(each.getKey(), value(each.getValue()))));
        return all;
    }

    /// A field as the editors call it, where they know it.
    String field(String name) {
        String subject = row.path("subject").asText("");
        String key =
                switch (subject.substring(0, Math.max(0, subject.indexOf(':')))) {
                    case "user" -> "admin.users." + name;
                    case "office" -> "admin.offices." + name;
                    case "queue" -> "admin.queues." + name;
                    case "agent" -> "admin.agents." + name;
                    case "company" -> "admin.companies." + name;
                    default -> name;
                };
        return Words.has(key) ? Words.of(key) : name;
    }

    private static String value(JsonNode value) {
        if (value.isObject()
                && !value.isEmpty()
                && value.properties().stream().allMatch(each -> CHANGE.contains(each.getKey()))) {
            return Words.of("admin.audit.change", plain(value.path("from")), plain(value.path("to")));
        }
        return plain(value);
    }

    private static String plain(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            List<String> all = new ArrayList<>();
            value.forEach(each -> all.add(plain(each)));
            return String.join(", ", all);
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
