package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.access.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What `GET /socket-stats` answers.
///
/// @param clients open sockets
/// @param greeted those that said hello
/// @param cut clients cut since the start because they did not read
public record LiveStats(int clients, int greeted, long cut, List<OfCompany> companies) {
    public LiveStats {
        companies = List.copyOf(companies);
    }

    public record OfCompany(CompanyId company, int users, int visitors) {}

    static LiveStats of(List<Client.@Nullable Greeted> clients, long cut) {
        Map<String, OfCompany> companies = new TreeMap<>();
        for (Client.Greeted who : clients.stream().filter(Objects::nonNull).toList()) {
            boolean visitor = who.principal() instanceof Principal.Visitor;
            companies.merge(
                    who.company().toString(),
                    new OfCompany(who.company(), visitor ? 0 : 1, visitor ? 1 : 0),
                    (a, b) -> new OfCompany(a.company(), a.users() + b.users(), a.visitors() + b.visitors()));
        }
        int greeted = (int) clients.stream().filter(Objects::nonNull).count();
        return new LiveStats(clients.size(), greeted, cut, List.copyOf(companies.values()));
    }
}
