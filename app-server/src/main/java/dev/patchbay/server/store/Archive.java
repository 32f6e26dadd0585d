package dev.patchbay.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.patchbay.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// A backup: one zip file with a file of JSON lines for each table, in the order in which they can be loaded, and
/// `manifest.json` with the schema's version and each table's columns, rows and SHA-256.
///
/// It holds everything that the database holds, password hashes too: only its owner may read the file.
final class Archive {
    private static final String MANIFEST = "manifest.json";
    private static final int FORMAT = 1;
    private static final int BATCH = 500;

    /// @param schema the version of the tables
    record Manifest(int format, String schema, String database, Instant made, List<Part> tables) {}

    /// @param sha256 of the table's lines, hexadecimal
    record Part(String name, List<String> columns, long rows, String sha256) {}

    private Archive() {}

    /// Writes all tables as they stand in this connection's transaction.
    static Manifest write(Connection connection, String schema, String database, Instant now, Path file)
            throws SQLException {
        Path fresh = file.resolveSibling(file.getFileName() + ".part");
        try {
            create(fresh);
            Manifest manifest;
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(fresh))) {
                List<Part> parts = new ArrayList<>();
                for (Tables.Table table : Tables.of(connection)) {
                    zip.putNextEntry(new ZipEntry(table.name() + ".jsonl"));
                    parts.add(write(connection, table, zip));
                    zip.closeEntry();
                }
                manifest = new Manifest(FORMAT, schema, database, now, parts);
                zip.putNextEntry(new ZipEntry(MANIFEST));
                zip.write(Json.write(manifest).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
            Files.move(fresh, file);
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("the backup " + file + " cannot be written", e);
        }
    }

    private static void create(Path file) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static Part write(Connection connection, Tables.Table table, OutputStream out)
            throws SQLException, IOException {
        List<String> columns = table.columns().stream().map(Tables.Column::name).toList();
        List<Cell> cells =
                table.columns().stream().map(column -> Cell.of(column.type())).toList();
        String order = table.key().isEmpty() ? "" : " order by " + String.join(", ", table.key());
        DigestOutputStream digested = new DigestOutputStream(out, sha256());
        long count = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(BATCH);
            try (ResultSet rows =
                    statement.executeQuery("select " + String.join(", ", columns) + " from " + table.name() + order)) {
                while (rows.next()) {
                    ArrayNode line = JsonNodeFactory.instance.arrayNode(cells.size());
                    for (int i = 0; i < cells.size(); i++) {
                        line.add(cells.get(i).read(rows, i + 1));
                    }
                    digested.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    count++;
                }
            }
        }
        return new Part(table.name(), columns, count, hex(digested.getMessageDigest()));
    }

    /// Reads the manifest and proves that each table's lines are those that were written.
    ///
    /// @throws Maintenance.Refused when the file is no backup or was damaged
    static Manifest verified(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(MANIFEST);
            if (entry == null) {
                throw new Maintenance.Refused(file + " is no backup of Patchbay: it has no manifest.");
            }
            Manifest manifest;
            try (InputStream in = zip.getInputStream(entry)) {
                manifest = Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), Manifest.class);
            }
            if (manifest.format() != FORMAT) {
                throw new Maintenance.Refused(
                        file + " has format " + manifest.format() + ", which this program does not know.");
            }
            for (Part part : manifest.tables()) {
                if (!part.sha256().equals(digest(zip, part))) {
                    throw new Maintenance.Refused(
                            "The backup " + file + " is damaged: table " + part.name() + " is not what was written.");
                }
            }
            return manifest;
        } catch (ZipException e) {
            throw new Maintenance.Refused("The backup " + file + " is damaged or none (" + e.getMessage() + ").");
        } catch (IOException e) {
            throw new Maintenance.Refused("The backup " + file + " cannot be read (" + e.getMessage() + ").");
        }
    }

    private static String digest(ZipFile zip, Part part) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = lines(zip, part);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        }
        return hex(digest);
    }

    private static InputStream lines(ZipFile zip, Part part) throws IOException {
        ZipEntry entry = zip.getEntry(part.name() + ".jsonl");
        return entry == null ? InputStream.nullInputStream() : zip.getInputStream(entry);
    }

    /// Fills empty tables.
    ///
    /// @param whole whether everything must find its place; otherwise tables and columns that are not there are
    /// left out
    /// @return how many rows
    static long load(Connection connection, Manifest manifest, Path file, boolean whole) throws SQLException {
        Map<String, Tables.Table> here =
                Tables.of(connection).stream().collect(Collectors.toMap(Tables.Table::name, Function.identity()));
        long rows = 0;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Part part : manifest.tables()) {
                Tables.Table table = here.get(part.name());
                if (table != null) {
                    rows += load(connection, zip, part, table, whole);
                } else if (whole) {
                    throw new Maintenance.Refused("This program knows no table " + part.name() + ".");
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("the backup " + file + " cannot be read", e);
        }
    }

    private static long load(Connection connection, ZipFile zip, Part part, Tables.Table table, boolean whole)
            throws SQLException, IOException {
        Map<String, String> types =
                table.columns().stream().collect(Collectors.toMap(Tables.Column::name, Tables.Column::type));
        int[] taken = IntStream.range(0, part.columns().size())
                .filter(i -> types.containsKey(part.columns().get(i)))
                .toArray();
        if (whole && taken.length < part.columns().size()) {
            throw new Maintenance.Refused(
                    "The table " + part.name() + " of the backup has columns that this program does not know.");
        }
        List<Cell> cells = IntStream.of(taken)
                .mapToObj(i -> Cell.of(types.getOrDefault(part.columns().get(i), "")))
                .toList();
        String insert = "insert into %s (%s) values (%s)"
                .formatted(
                        table.name(),
                        IntStream.of(taken).mapToObj(part.columns()::get).collect(Collectors.joining(", ")),
                        cells.stream().map(Cell::parameter).collect(Collectors.joining(", ")));
        long rows = 0;
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(lines(zip, part), StandardCharsets.UTF_8));
                PreparedStatement statement = connection.prepareStatement(insert)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode values = Json.MAPPER.readTree(line);
                for (int i = 0; i < taken.length; i++) {
                    cells.get(i).write(statement, i + 1, values.get(taken[i]));
                }
                statement.addBatch();
                rows++;
                if (rows % BATCH == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
        return rows;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
