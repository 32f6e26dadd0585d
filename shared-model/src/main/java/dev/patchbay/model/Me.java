package dev.patchbay.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The user who signed in, as `POST /auth/login` and `GET /auth/profile` answer.
///
/// @param officeId the office the user belongs to; null for none
/// @param phone E.164; null when unknown or not asked for
/// @param license what the company may use; null where nobody looked it up
public record Me(
        UserId id,
        String name,
        String email,
        Set<Role> roles,
        Set<Permission> permissions,
        CompanyRef company,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OfficeId officeId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String phone,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable License license) {
    public Me {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
    }

    public Me(UserId id, String name, String email, Set<Role> roles, Set<Permission> permissions, CompanyRef company) {
        this(id, name, email, roles, permissions, company, null, null, null);
    }

    /// The office whose people and leads are all that this user sees; null for the whole company. Who belongs to an
    /// office is bound to it, but for those who run the installation.
    public @Nullable OfficeId boundTo() {
        return may(Permission.COMPANIES_MANAGE) ? null : officeId;
    }

    /// The company in short.
    public record CompanyRef(CompanyId id, String name, String slug, String region) {}

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
