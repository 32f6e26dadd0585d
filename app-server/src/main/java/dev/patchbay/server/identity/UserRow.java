package dev.patchbay.server.identity;

import dev.patchbay.model.CompanyId;
import dev.patchbay.model.Me;
import dev.patchbay.model.OfficeId;
import dev.patchbay.model.Permission;
import dev.patchbay.model.Role;
import dev.patchbay.model.UserId;
import dev.patchbay.model.UserView;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A row of `app_user` with its company. Holds the password's hash: it never leaves this package.
record UserRow(
        CompanyId company,
        String companyName,
        String slug,
        String region,
        UserId id,
        String email,
        String name,
        String passwordHash,
        Set<Role> roles,
        Set<Permission> extra,
        @Nullable OfficeId office,
        boolean active,
        long version) {
    UserRow {
        roles = Set.copyOf(roles);
        extra = Set.copyOf(extra);
    }

    Set<Permission> permissions() {
        Set<Permission> all = EnumSet.noneOf(Permission.class);
        roles.forEach(role -> all.addAll(role.permissions()));
        all.addAll(extra);
        return all;
    }

    Me me() {
        return new Me(
                id,
                name,
                email,
                roles,
                permissions(),
                new Me.CompanyRef(company, companyName, slug, region),
                office,
                null,
                null);
    }

    UserView view() {
        return new UserView(
                id,
                name,
                email,
                roles,
                extra.stream().map(Permission::wire).sorted().toList(),
                office,
                active,
                version);
    }

    @Override
    public String toString() {
        return "UserRow[" + id + "]";
    }
}
