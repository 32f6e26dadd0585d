package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/// One thing that a user may do. Checked in one place: the route or live command that names it.
public enum Permission {
    /// Have an agent state, be offered calls, answer them.
    @JsonProperty("calls.take")
    CALLS_TAKE("calls.take"),
    @JsonProperty("calls.place")
    CALLS_PLACE("calls.place"),
    /// See calls of other agents.
    @JsonProperty("calls.viewAll")
    CALLS_VIEW_ALL("calls.viewAll"),
    /// Watch agents, change their state, listen, whisper, barge.
    @JsonProperty("supervise")
    SUPERVISE("supervise"),
    @JsonProperty("leads.view")
    LEADS_VIEW("leads.view"),
    @JsonProperty("leads.edit")
    LEADS_EDIT("leads.edit"),
    @JsonProperty("leads.delete")
    LEADS_DELETE("leads.delete"),
    /// Give a lead to somebody else.
    @JsonProperty("leads.assign")
    LEADS_ASSIGN("leads.assign"),
    /// See colleagues and queues.
    @JsonProperty("directory.view")
    DIRECTORY_VIEW("directory.view"),
    /// Queues, skills, dispositions, break reasons.
    @JsonProperty("queues.manage")
    QUEUES_MANAGE("queues.manage"),
    @JsonProperty("users.manage")
    USERS_MANAGE("users.manage"),
    /// The own company: settings, offices.
    @JsonProperty("company.manage")
    COMPANY_MANAGE("company.manage"),
    @JsonProperty("audit.view")
    AUDIT_VIEW("audit.view"),
    @JsonProperty("analytics.view")
    ANALYTICS_VIEW("analytics.view"),
    /// Every company of the installation.
    @JsonProperty("companies.manage")
    COMPANIES_MANAGE("companies.manage"),
    @JsonProperty("system.settings")
    SYSTEM_SETTINGS("system.settings"),
    @JsonProperty("system.status")
    SYSTEM_STATUS("system.status");

    private final String wire;

    Permission(String wire) {
        this.wire = wire;
    }

    /// The name on the wire and in the database.
    public String wire() {
        return wire;
    }

    /// @throws IllegalArgumentException for a name that is none of these
    public static Permission of(String wire) {
        return Arrays.stream(values())
                .filter(value -> value.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown Permission: " + wire));
    }
}
