package dev.patchbay.server.live;

import dev.patchbay.server.access.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is here: the sockets of each principal, oldest first, and the listeners that are told.
///
/// Coming and going of one principal happen under one of 64 locks, listeners included: what a listener is told is in
/// the order of what happened.
final class Presences {
    private static final Logger LOG = LoggerFactory.getLogger(Presences.class);

    private final Map<String, List<Client>> byPrincipal = new ConcurrentHashMap<>();
    private final List<Presence> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock[] locks = new ReentrantLock[64];
    private final int most;
    private volatile boolean refuses;

    /// @param most how many sockets one principal may have
    Presences(int most) {
        this.most = most;
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    void refuseOverflow() {
        refuses = true;
    }

    void tell(Presence listener) {
        listeners.add(listener);
    }

    /// Blocks while the listeners work.
    void came(Client client, Principal principal) {
        ReentrantLock lock = lock(principal);
        lock.lock();
        try {
            if (client.isGone()) {
                return;
            }
            List<Client> clients = new ArrayList<>(byPrincipal.getOrDefault(principal.key(), List.of()));
            List<Client> staying =
                    clients.stream().filter(one -> !one.isClosing()).toList();
            if (staying.size() >= most) {
                (refuses ? client : staying.getFirst())
                        .close(LiveHub.TOO_MANY_SOCKETS, "more than " + most + " connections");
            }
            clients.add(client);
            byPrincipal.put(principal.key(), List.copyOf(clients));
            boolean takesCalls = clients.stream().anyMatch(Client::takesCalls);
            each(listener -> listener.came(principal, takesCalls));
        } finally {
            lock.unlock();
        }
    }

    /// Blocks while the listeners work.
    void went(Client client, Principal principal, boolean goodbye) {
        ReentrantLock lock = lock(principal);
        lock.lock();
        try {
            List<Client> clients = new ArrayList<>(byPrincipal.getOrDefault(principal.key(), List.of()));
            if (!clients.remove(client)) {
                return;
            }
            if (clients.isEmpty()) {
                byPrincipal.remove(principal.key());
                each(listener -> listener.went(principal, goodbye));
                return;
            }
            byPrincipal.put(principal.key(), List.copyOf(clients));
            if (client.takesCalls() && clients.stream().noneMatch(Client::takesCalls)) {
                each(listener -> listener.came(principal, false));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Tells the listeners anew of everybody who is here. Blocks while they work.
    void announce() {
        for (List<Client> clients : List.copyOf(byPrincipal.values())) {
            clients.stream()
                    .findFirst()
                    .map(Client::greeted)
                    .map(Client.Greeted::principal)
                    .ifPresent(this::announce);
        }
    }

    private void announce(Principal principal) {
        ReentrantLock lock = lock(principal);
        lock.lock();
        try {
            List<Client> clients = of(principal.key());
            if (!clients.isEmpty()) {
                boolean takesCalls = clients.stream().anyMatch(Client::takesCalls);
                each(listener -> listener.came(principal, takesCalls));
            }
        } finally {
            lock.unlock();
        }
    }

    /// The sockets of one principal, oldest first.
    List<Client> of(String principalKey) {
        return byPrincipal.getOrDefault(principalKey, List.of());
    }

    private void each(java.util.function.Consumer<Presence> told) {
        for (Presence listener : listeners) {
            try {
                told.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener failed to follow a client's coming or going; reconciling will heal it", e);
            }
        }
    }

    private ReentrantLock lock(Principal principal) {
        return locks[Math.floorMod(principal.key().hashCode(), locks.length)];
    }
}
