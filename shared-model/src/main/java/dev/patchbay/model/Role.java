package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Set;

/// What a user is in the company; each role brings a set of permissions, which a company may widen for one user.
public enum Role {
    /// Runs the whole installation, every company.
    @JsonProperty("Admin")
    ADMIN("Admin", EnumSet.allOf(Permission.class)),
    /// Runs a company or an office; supervising is part of it.
    @JsonProperty("Manager")
    MANAGER(
            "Manager",
            EnumSet.complementOf(
                    EnumSet.of(Permission.COMPANIES_MANAGE, Permission.SYSTEM_SETTINGS, Permission.SYSTEM_STATUS))),
    @JsonProperty("Agent")
    AGENT(
            "Agent",
            EnumSet.of(
                    Permission.CALLS_TAKE,
                    Permission.CALLS_PLACE,
                    Permission.LEADS_VIEW,
                    Permission.LEADS_VIEW_ALL,
                    Permission.LEADS_EDIT,
                    Permission.DIRECTORY_VIEW)),
    @JsonProperty("Consultant")
    CONSULTANT(
            "Consultant",
            EnumSet.of(
                    Permission.CALLS_TAKE,
                    Permission.CALLS_PLACE,
                    Permission.LEADS_VIEW,
                    Permission.LEADS_EDIT,
                    Permission.DIRECTORY_VIEW)),
    @JsonProperty("Receptionist")
    RECEPTIONIST(
            "Receptionist", EnumSet.of(Permission.LEADS_VIEW, Permission.LEADS_VIEW_ALL, Permission.DIRECTORY_VIEW)),
    @JsonProperty("Student")
    STUDENT("Student", EnumSet.noneOf(Permission.class));

    private final String wire;
    private final Set<Permission> permissions;

    Role(String wire, Set<Permission> permissions) {
        this.wire = wire;
        this.permissions = Set.copyOf(permissions);
    }

    /// The name on the wire and in the database.
    public String wire() {
        return wire;
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /// @throws IllegalArgumentException for a name that is no role
    public static Role of(String wire) {
        for (Role role : values()) {
            if (role.wire.equals(wire)) {
                return role;
            }
        }
        throw new IllegalArgumentException("unknown role: " + wire);
    }
}
