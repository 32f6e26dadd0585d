package dev.patchbay.server.calls;

import dev.patchbay.model.CallId;
import dev.patchbay.model.Json;
import dev.patchbay.model.TimelineEntry;
import dev.patchbay.server.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/// The SQL of calls: rows with their legs, and timelines.
final class CallTable {
    static final String SELECT = """
            select c.*, q.name as queue_name, q.max_wait_seconds, u.name as agent_name from call c
            left join queue q on q.company_id = c.company_id and q.id = c.queue_id
            left join app_user u on u.company_id = c.company_id and u.id = c.agent_id
            where c.company_id = :company
            """;

    private CallTable() {}

    static Optional<LiveCall> find(Transaction transaction, CallId id) {
        return read(transaction, transaction.query(SELECT + " and c.id = :id").bind("id", id)).stream()
                .findFirst();
    }

    /// The calls a query over [#SELECT] yields, each with its legs in the order they came.
    static List<LiveCall> read(Transaction transaction, Query query) {
        Map<CallId, LiveCall> calls = new LinkedHashMap<>();
        query.map((row, _) -> LiveCall.read(row)).forEach(call -> calls.put(call.id, call));
        if (calls.isEmpty()) {
            return List.of();
        }
        transaction
                .query("""
                        select * from participant where company_id = :company and call_id in (<ids>)
                        order by invited_at, id
                        """)
                .bindList("ids", calls.keySet().stream().map(CallId::value).toList())
                .map((row, _) -> Leg.read(row))
                .forEach(leg -> Objects.requireNonNull(calls.get(leg.call)).legs.add(leg));
        calls.values().forEach(call -> call.stored = call.columns());
        return List.copyOf(calls.values());
    }

    static List<TimelineEntry> timeline(Transaction transaction, CallId id) {
        return new ArrayList<>(transaction
                .query("""
                        select entry, at, type, who, data from call_event
                        where company_id = :company and call_id = :call order by entry
                        """)
                .bind("call", id)
                .map((row, _) -> new TimelineEntry(
                        row.getInt("entry"),
                        Row.time(row, "at"),
                        row.getString("type"),
                        row.getString("who"),
                        data(row.getString("data"))))
                .list());
    }

    private static Map<String, String> data(String json) {
        Map<String, String> data = new LinkedHashMap<>();
        Json.read(json, com.fasterxml.jackson.databind.JsonNode.class)
                .properties()
                .forEach(field -> data.put(field.getKey(), field.getValue().asText()));
        return data;
    }
}
