package dev.patchbay.server.live;

import dev.patchbay.model.CompanyId;
import dev.patchbay.server.access.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What `GET /socket-stats` answers: of the node that was asked, and in `byNode` of all.
///
/// @param connectedUsers different people who are signed in on a socket
/// @param connections open sockets
/// @param greeted those that said hello
/// @param cut clients cut since the start because they did not read
/// @param byNode open sockets of each server node; another node's as of two seconds ago at most
public record LiveStats(
        int connectedUsers,
        int connections,
        int greeted,
        long cut,
        Map<String, Integer> byNode,
        List<OfCompany> companies) {
    public LiveStats {
        byNode = Map.copyOf(byNode);
        companies = List.copyOf(companies);
    }

    /// Sockets of users and of visitors.
    public record OfCompany(CompanyId company, int users, int visitors) {}

    LiveStats with(Map<String, Integer> sockets) {
        return new LiveStats(connectedUsers, connections, greeted, cut, sockets, companies);
    }

    static LiveStats of(List<Client.@Nullable Greeted> clients, long cut) {
        Map<String, OfCompany> companies = new TreeMap<>();
        List<Client.Greeted> greeted = clients.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        for (Client.Greeted who : greeted) {
            boolean visitor = who.principal() instanceof Principal.Visitor;
            companies.merge(
                    who.company().toString(),
                    new OfCompany(who.company(), visitor ? 0 : 1, visitor ? 1 : 0),
                    (a, b) -> new OfCompany(a.company(), a.users() + b.users(), a.visitors() + b.visitors()));
        }
        int people = (int) greeted.stream()
                .map(Client.Greeted::principal)
                .filter(Principal.User.class::isInstance)
                .map(Principal::key)
                .distinct()
                .count();
        return new LiveStats(people, clients.size(), greeted.size(), cut, Map.of(), List.copyOf(companies.values()));
    }
}
