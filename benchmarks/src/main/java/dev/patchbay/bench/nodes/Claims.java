package dev.patchbay.bench.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.bench.Figures;
import dev.patchbay.model.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// B5: agents at two nodes claim leads, all at the head of the tank, until none is left. Each claim is a REST request:
/// sign-in checked, owner set by compare and set, version counted up, event written and sent. The peer is pgbench with
/// `FOR UPDATE SKIP LOCKED` on the same PostgreSQL, which does none of that.
public final class Claims {
    private static final int AGENTS = 32;

    private Claims() {}

    /// @param arguments how many leads (2,000)
    public static boolean run(String... arguments) throws Exception {
        int count = arguments.length == 0 ? 2_000 : Integer.parseInt(arguments[0]);
        try (Pair pair = new Pair()) {
            List<String> agents = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                agents.add(pair.agent(i));
            }
            // Compiling is over then.
            sell(pair, agents, count / 4);
            boolean once = sell(pair, agents, count);
            pgbench(pair, count);
            return once;
        }
    }

    private static boolean sell(Pair pair, List<String> agents, int count) throws Exception {
        try (Connection connection = DriverManager.getConnection(pair.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("set patchbay.own = '1'");
            statement.execute("delete from lead");
            statement.execute("insert into lead (company_id, name, phone) select id, 'Lead ' || n, '+14155552671' from"
                    + " company, generate_series(1, " + count + ") n");
        }
        ConcurrentLinkedQueue<Double> waits = new ConcurrentLinkedQueue<>();
        AtomicInteger lost = new AtomicInteger();
        long begin = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < agents.size(); i++) {
            int node = i % 2;
            String token = agents.get(i);
            threads.add(Thread.ofVirtual().start(() -> claim(pair, node, token, waits, lost)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        try (Connection connection = DriverManager.getConnection(pair.url(), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*), count(*) filter (where owner_id is not null and version = 2) from lead")) {
            row.next();
            boolean once = row.getInt(1) == count && row.getInt(2) == count && waits.size() == count;
            System.out.printf(
                    Locale.ROOT,
                    "%d leads, %d agents, 2 nodes: %.0f claims/s, %d refused as already claimed; each lead one owner: %s; a claim took p50 %.0f ms, max %.0f ms%n",
                    count,
                    agents.size(),
                    count / seconds,
                    lost.get(),
                    once ? "yes" : "NO",
                    new Figures(List.copyOf(waits)).median(),
                    new Figures(List.copyOf(waits)).max());
            return once;
        }
    }

    /// Takes the head of the tank until it is empty; who loses is told what is next.
    private static void claim(
            Pair pair, int node, String token, ConcurrentLinkedQueue<Double> waits, AtomicInteger lost) {
        try {
            Optional<String> lead = head(pair, node, token);
            while (lead.isPresent()) {
                long begin = System.nanoTime();
                HttpResponse<String> reply = pair.http()
                        .send(
                                pair.request(node, "POST", "/leads/" + lead.get() + "/claim", token, Map.of()),
                                HttpResponse.BodyHandlers.ofString());
                if (reply.statusCode() == 200) {
                    waits.add((System.nanoTime() - begin) / 1e6);
                    lead = head(pair, node, token);
                } else if (reply.statusCode() == 409) {
                    lost.incrementAndGet();
                    JsonNode body = Json.read(reply.body(), JsonNode.class);
                    String next = body.findPath("next").path("id").asText("");
                    lead = next.isEmpty() ? head(pair, node, token) : Optional.of(next);
                } else {
                    throw new IOException("a claim answered " + reply.statusCode() + ": " + reply.body());
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> head(Pair pair, int node, String token) throws IOException, InterruptedException {
        JsonNode first = pair.ask(node, "GET", "/leads?view=tank&limit=1", token, null)
                .path("items")
                .path(0)
                .path("id");
        return first.isMissingNode() ? Optional.empty() : Optional.of(first.asText());
    }

    private static void pgbench(Pair pair, int count) throws IOException, InterruptedException, SQLException {
        Optional<Path> program = Stream.of("18", "17", "16", "15")
                .map(version -> Path.of("/usr/lib/postgresql", version, "bin", "pgbench"))
                .filter(Files::exists)
                .findFirst();
        if (program.isEmpty()) {
            System.out.println("pgbench is not installed (package postgresql): no peer");
            return;
        }
        try (Connection connection = DriverManager.getConnection(pair.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create table bench_lead (id bigint primary key, owner int)");
            statement.execute("insert into bench_lead (id) select generate_series(1, " + count * 100 + ")");
            statement.execute("create index on bench_lead (id) where owner is null");
            statement.execute("analyze bench_lead");
        }
        Path script = Files.createTempFile("claim", ".sql");
        Files.writeString(script, """
                update bench_lead set owner = :client_id where id = (
                    select id from bench_lead where owner is null order by id for update skip locked limit 1);
                """);
        Process process = new ProcessBuilder(
                        program.get().toString(),
                        "-h",
                        "localhost",
                        "-p",
                        String.valueOf(pair.port()),
                        "-U",
                        "postgres",
                        "-n",
                        "-c",
                        String.valueOf(AGENTS),
                        "-j",
                        "2",
                        "-T",
                        "10",
                        "-f",
                        script.toString(),
                        "postgres")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher rate = Pattern.compile("tps = ([0-9.]+)").matcher(said);
        System.out.println("pgbench, SKIP LOCKED, 32 clients: " + (rate.find() ? rate.group(1) + " claims/s" : said));
    }
}
