package dev.patchbay.server.identity;

import dev.patchbay.model.Me;
import dev.patchbay.server.store.Database;

/// What people see of their own account: more than each request needs to know of its asker.
final class Profiles {
    private final Database database;

    Profiles(Database database) {
        this.database = database;
    }

    /// The same with the phone number and the company's licence.
    Me complete(Me me) {
        return database.read(me.company().id(), transaction -> {
            String phone = transaction
                    .query("select phone from app_user where company_id = :company and id = :user")
                    .bind("user", me.id())
                    .map((row, _) -> java.util.Optional.ofNullable(row.getString(1)))
                    .findOne()
                    .flatMap(found -> found)
                    .orElse(null);
            return new Me(
                    me.id(),
                    me.name(),
                    me.email(),
                    me.roles(),
                    me.permissions(),
                    me.company(),
                    me.officeId(),
                    phone,
                    Licences.of(transaction));
        });
    }
}
