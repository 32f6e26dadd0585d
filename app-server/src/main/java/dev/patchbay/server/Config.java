package dev.patchbay.server;

import dev.patchbay.server.settings.SettingRoutes;
import dev.patchbay.server.store.PostgresUrl;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The server's configuration: immutable, checked when it is made, each value with its origin.
///
/// Origins, the first that has it wins: the command line, the environment, `patchbay.properties` in the data folder,
/// the default.
public final class Config {
    private static final String FILE = "patchbay.properties";
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");

    private record Value(String text, String origin) {}

    private final Path folder;
    private final Map<Setting, Value> values;

    private Config(Path folder, Map<Setting, Value> values) {
        this.folder = folder;
        this.values = values;
    }

    /// A value that cannot be used; the message names the variable.
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unusable(String message) {
            super(message, null, false, false);
        }
    }

    /// A configuration of defaults, with its data in a folder.
    public static Config in(Path folder) {
        return new Config(folder, new EnumMap<>(Setting.class));
    }

    /// Where data is kept when nobody says otherwise: the usual place of the system.
    public static Path defaultFolder(Map<String, String> environment, String osName, String home) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.contains("win")) {
            return Path.of(environment.getOrDefault("LOCALAPPDATA", home), "Patchbay", "server");
        }
        if (os.contains("mac")) {
            return Path.of(home, "Library", "Application Support", "Patchbay", "server");
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        return data.isBlank()
                ? Path.of(home, ".local", "share", "patchbay", "server")
                : Path.of(data, "patchbay", "server");
    }

    /// What the command line, the environment and the data folder's file say together.
    ///
    /// @param chosen from the command line
    /// @throws Unusable naming the variable; for the file also when a name is unknown
    public static Config load(Map<Setting, String> chosen, Map<String, String> environment, Path defaultFolder) {
        String named = chosen.getOrDefault(Setting.DATA_DIR, environment.getOrDefault("DATA_DIR", ""));
        Strangers.refuse(environment.keySet());
        Path folder = named.isBlank() ? defaultFolder : path(named);
        Config config = in(folder).file(folder.resolve(FILE));
        for (Setting setting : Setting.values()) {
            String text = environment.get(setting.name());
            // An empty variable is how a shell or a compose file says "not set".
            if (text != null && !text.isBlank()) {
                config = config.with(setting, text, "environment");
            }
        }
        for (Map.Entry<Setting, String> entry : chosen.entrySet()) {
            config = config.with(entry.getKey(), entry.getValue(), "command line");
        }
        return config;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (java.nio.file.InvalidPathException e) {
            throw new Unusable("DATA_DIR is no path: " + e.getReason() + ".");
        }
    }

    private Config file(Path file) {
        if (!Files.exists(file)) {
            return this;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new Unusable(file + " cannot be read: " + e.getMessage());
        }
        Config config = this;
        for (String name : properties.stringPropertyNames()) {
            Setting setting = Arrays.stream(Setting.values())
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Unusable(
                            name + " in " + file + " is unknown; --print-config lists the names that are."));
            if (setting == Setting.DATA_DIR) {
                throw new Unusable("DATA_DIR cannot be set in " + file + ", which lies in that folder.");
            }
            config = config.with(setting, properties.getProperty(name), FILE);
        }
        return config;
    }

    /// The same with one value changed.
    ///
    /// @throws Unusable when the value is not of the setting's kind
    public Config with(Setting setting, String text) {
        return with(setting, text, "program");
    }

    private Config with(Setting setting, String text, String origin) {
        String trimmed = text.strip();
        check(setting, trimmed);
        Map<Setting, Value> changed = new EnumMap<>(Setting.class);
        changed.putAll(values);
        changed.put(setting, new Value(trimmed, origin));
        return new Config(setting == Setting.DATA_DIR ? path(trimmed) : folder, changed);
    }

    /// Writes what the program chose (not what came from elsewhere) to `patchbay.properties`, for the next start.
    ///
    /// @throws java.io.UncheckedIOException when the folder cannot be written
    public void save() {
        StringBuilder text = new StringBuilder("# Patchbay's settings; the environment overrides them.\n");
        values.forEach((setting, value) -> {
            if (setting != Setting.DATA_DIR
                    && (value.origin().equals("program") || value.origin().equals(FILE))) {
                text.append(setting)
                        .append('=')
                        .append(value.text().replace("\\", "\\\\"))
                        .append('\n');
            }
        });
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(FILE), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// The folder of the database, the secret and the logs.
    public Path folder() {
        return folder;
    }

    public boolean isSet(Setting setting) {
        return values.containsKey(setting);
    }

    /// The value or the default; empty when there is neither.
    public Optional<String> find(Setting setting) {
        Value value = values.get(setting);
        return value == null ? Optional.ofNullable(setting.initial()) : Optional.of(value.text());
    }

    /// @throws IllegalArgumentException when the setting has neither a value nor a default
    public String text(Setting setting) {
        return find(setting).orElseThrow(() -> new IllegalArgumentException(setting + " has no value"));
    }

    public int count(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    public boolean flag(Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    public Duration duration(Setting setting) {
        return span(text(setting)).orElseThrow();
    }

    /// Comma-separated values; empty when not set.
    public List<String> list(Setting setting) {
        return find(setting).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /// One line a setting: value (secrets masked), default, origin, meaning.
    public String print() {
        StringBuilder lines = new StringBuilder();
        for (Setting setting : Setting.values()) {
            Value value = values.get(setting);
            String shown = setting == Setting.DATA_DIR
                    ? folder.toString()
                    : value == null ? Optional.ofNullable(setting.initial()).orElse("") : shown(setting, value.text());
            lines.append(setting)
                    .append('=')
                    .append(shown)
                    .append("  # default: ")
                    .append(setting.initial() == null ? "none" : setting.initial())
                    .append("; from: ")
                    .append(value == null ? "default" : value.origin())
                    .append("; ")
                    .append(setting.kind() == Setting.Kind.UNUSED ? "accepted, not used because " : "")
                    .append(setting.tells())
                    .append(System.lineSeparator());
        }
        return lines.toString();
    }

    /// As [#print], for the API: what is used, secrets masked.
    List<SettingRoutes.SystemSetting> shown() {
        return Arrays.stream(Setting.values())
                .filter(setting -> setting.kind() != Setting.Kind.UNUSED)
                .map(setting -> {
                    Value value = values.get(setting);
                    return new SettingRoutes.SystemSetting(
                            setting.name(),
                            value == null ? setting.initial() : shown(setting, value.text()),
                            setting.initial(),
                            value == null ? "default" : value.origin(),
                            setting.tells());
                })
                .toList();
    }

    /// One sentence for each setting that was given and means nothing here.
    public List<String> unused() {
        return values.keySet().stream()
                .filter(setting -> setting.kind() == Setting.Kind.UNUSED)
                .map(setting -> setting + " is accepted, not used because " + setting.tells() + ".")
                .toList();
    }

    private static String shown(Setting setting, String text) {
        return switch (setting.kind()) {
            case SECRET -> "********";
            // Nobody here reads it, but it may be the key to somebody else's house.
            case UNUSED -> setting.name().matches(".*(SECRET|PASSWORD|URI|URL)") ? "********" : text;
            // A password may stand in a JDBC URL.
            case JDBC -> text.replaceAll("(?i)(password=)[^;&]*", "$1********").replaceAll("//[^/]*@", "//********@");
            default -> text;
        };
    }

    private static Optional<Duration> span(String text) {
        Matcher matcher = SPAN.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return Optional.of(
                switch (unit) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    case "d" -> Duration.ofDays(amount);
                    default -> Duration.ofSeconds(amount);
                });
    }

    private static void check(Setting setting, String text) {
        switch (setting.kind()) {
            case TEXT, LIST, UNUSED -> {}
            case SECRET -> {
                boolean key = setting == Setting.JWT_SECRET || setting == Setting.ENCRYPTION_KEY;
                if (key && text.getBytes(StandardCharsets.UTF_8).length < 32) {
                    // The value itself is never repeated: this message reaches logs.
                    throw new Unusable(setting + " must be at least 32 bytes long; `patchbay admin secret` makes one.");
                }
            }
            case ORIGINS -> {
                for (String origin : text.split(",")) {
                    if (!origin.strip().matches("https?://[^/*\\s]+")) {
                        throw new Unusable(setting + " lists origins such as https://crm.example.com; " + origin.strip()
                                + " is none.");
                    }
                }
            }
            case URL -> demand(isUrl(text), setting, text, "an http:// or https:// address");
            case JDBC ->
                demand(
                        text.startsWith("jdbc:h2:") || isPostgres(text),
                        setting,
                        shown(setting, text),
                        "an address that begins with jdbc:h2:, jdbc:postgresql: or postgres://");
            case PORT -> demand(isWhole(text, 0, 65535), setting, text, "a whole number from 0 to 65535");
            case COUNT -> demand(isWhole(text, 1, Integer.MAX_VALUE), setting, text, "a whole number from 1");
            case ROUNDS -> demand(isWhole(text, 10, 16), setting, text, "a whole number from 10 to 16");
            case FLAG -> demand(List.of("true", "false").contains(text), setting, text, "true or false");
            case DURATION ->
                demand(
                        span(text).filter(Duration::isPositive).isPresent(),
                        setting,
                        text,
                        "a time such as 90s, 15m, 24h or 7d");
            case FORMAT -> demand(List.of("text", "json").contains(text), setting, text, "text or json");
            case OVERFLOW -> demand(List.of("oldest", "refuse").contains(text), setting, text, "oldest or refuse");
            case DOOR -> demand(List.of("open", "closed").contains(text), setting, text, "open or closed");
            case MAIL_TLS ->
                demand(List.of("starttls", "tls", "none").contains(text), setting, text, "starttls, tls or none");
            case HASH -> demand(List.of("argon2id", "bcrypt").contains(text), setting, text, "argon2id or bcrypt");
            case LEVEL ->
                demand(
                        List.of("trace", "debug", "info", "warn", "error").contains(text.toLowerCase(Locale.ROOT)),
                        setting,
                        text,
                        "trace, debug, info, warn or error");
        }
    }

    private static void demand(boolean fulfilled, Setting setting, String text, String expected) {
        if (!fulfilled) {
            throw new Unusable(setting + " is \"" + text + "\", but must be " + expected + ".");
        }
    }

    private static boolean isPostgres(String text) {
        if (!PostgresUrl.matches(text)) {
            return false;
        }
        try {
            PostgresUrl.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isWhole(String text, long least, long most) {
        if (!text.matches("\\d{1,10}")) {
            return false;
        }
        long number = Long.parseLong(text);
        return number >= least && number <= most;
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }
}
