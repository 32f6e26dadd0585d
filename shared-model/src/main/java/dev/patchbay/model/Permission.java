package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/// One thing that a user may do. Checked in one place: the route or live command that names it.
public enum Permission {
    /// Have an agent state, be offered calls, answer them.
    @JsonProperty("calls.take")
    CALLS_TAKE("calls.take", "Be offered calls and answer them"),
    @JsonProperty("calls.place")
    CALLS_PLACE("calls.place", "Place calls"),
    /// See calls of other agents.
    @JsonProperty("calls.viewAll")
    CALLS_VIEW_ALL("calls.viewAll", "See calls of other agents"),
    /// Watch agents, change their state, listen, whisper, barge.
    @JsonProperty("supervise")
    SUPERVISE("supervise", "Watch agents, change their state, listen, whisper, barge"),
    @JsonProperty("leads.view")
    LEADS_VIEW("leads.view", "See leads"),
    /// See leads that colleagues have; without it, only the own ones and those in the shark tank.
    @JsonProperty("leads.viewAll")
    LEADS_VIEW_ALL("leads.viewAll", "See leads that colleagues have"),
    @JsonProperty("leads.edit")
    LEADS_EDIT("leads.edit", "Change and claim leads"),
    @JsonProperty("leads.delete")
    LEADS_DELETE("leads.delete", "Delete leads"),
    /// Give a lead to somebody else.
    @JsonProperty("leads.assign")
    LEADS_ASSIGN("leads.assign", "Give a lead to somebody else"),
    /// See colleagues and queues.
    @JsonProperty("directory.view")
    DIRECTORY_VIEW("directory.view", "See colleagues, queues and offices"),
    /// Queues, skills, dispositions, break reasons.
    @JsonProperty("queues.manage")
    QUEUES_MANAGE("queues.manage", "Manage queues, skills, dispositions and break reasons"),
    @JsonProperty("users.manage")
    USERS_MANAGE("users.manage", "Manage users"),
    /// The own company: settings, offices.
    @JsonProperty("company.manage")
    COMPANY_MANAGE("company.manage", "Manage the own company: settings, offices"),
    @JsonProperty("audit.view")
    AUDIT_VIEW("audit.view", "Read the audit log"),
    @JsonProperty("analytics.view")
    ANALYTICS_VIEW("analytics.view", "Read reports"),
    /// Every company of the installation.
    @JsonProperty("companies.manage")
    COMPANIES_MANAGE("companies.manage", "Manage every company of the installation"),
    @JsonProperty("system.settings")
    SYSTEM_SETTINGS("system.settings", "See the server's settings"),
    @JsonProperty("system.status")
    SYSTEM_STATUS("system.status", "See how the server is doing");

    private final String wire;
    private final String tells;

    Permission(String wire, String tells) {
        this.wire = wire;
        this.tells = tells;
    }

    /// What it allows, in a few words for whoever gives it.
    public String tells() {
        return tells;
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
