package dev.patchbay.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import dev.patchbay.server.logs.JsonLines;
import dev.patchbay.server.logs.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Where the server's log goes: standard error, and three files in `logs` of the data folder.
///
/// `combined.log` holds everything, `error.log` errors alone, `runtime.log` what the program itself does: start,
/// settings, migrations, stop. A file of 10 MB or of yesterday is put aside; those put aside are kept for so many days
/// and take so much room at most (each of the three kinds).
public final class Logging {
    /// What the libraries tell while they work is about them, not about calls.
    private static final List<String> CHATTY =
            List.of("org.flywaydb", "com.zaxxer.hikari", "org.eclipse.jetty", "com.password4j");

    private Logging() {}

    /// How the files are kept.
    ///
    /// @param json one JSON object a line in place of text
    /// @param fileMegabytes a file this long is put aside
    /// @param days how long those put aside are kept
    /// @param totalMegabytes how much room those put aside may take, for each kind
    record Keeping(boolean json, int fileMegabytes, int days, int totalMegabytes) {
        static final Keeping USUAL = new Keeping(false, 10, 14, 100);

        Encoder<ILoggingEvent> encoder() {
            return json ? new JsonLines() : new Lines();
        }
    }

    /// For the server's own process; a console that runs the server inside itself logs into its own folder.
    static void install(Config config) {
        Level level = Level.toLevel(config.text(Setting.LOG_LEVEL));
        Keeping keeping = new Keeping(
                config.text(Setting.LOG_FORMAT).equals("json"),
                config.count(Setting.LOG_FILE_MB),
                config.count(Setting.LOG_KEEP_DAYS),
                config.count(Setting.LOG_KEEP_MB));
        install(config.folder().resolve("logs"), level, level, keeping);
    }

    /// Logs into a folder, and warnings to standard error.
    ///
    /// @param least the least level that is kept, such as `INFO`
    public static void install(Path folder, String least) {
        install(folder, Level.toLevel(least), Level.WARN, Keeping.USUAL);
    }

    /// @param level the least that files keep
    /// @param said the least that standard error tells
    static void install(Path folder, Level level, Level said, Keeping keeping) {
        makePrivate(folder);
        LoggerContext context = toStandardError(said, keeping);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        // It warns of running from the class path, which is on purpose (docs/adr/0001).
        context.getLogger("javafx").setLevel(Level.ERROR);
        root.addAppender(file(context, folder.resolve("combined"), from(level), keeping));
        root.addAppender(file(context, folder.resolve("error"), from(Level.ERROR), keeping));
        root.addAppender(file(context, folder.resolve("runtime"), new OfTheProgram(), keeping));
        for (String chatty : CHATTY) {
            context.getLogger(chatty).setLevel(Level.WARN);
        }
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    /// Logs name people and addresses: they are nobody else's on this machine.
    private static void makePrivate(Path folder) {
        try {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(Logging.class).warn("the folder of the logs cannot be made private", e);
        }
    }

    /// The events of the program's own life.
    private static final class OfTheProgram extends Filter<ILoggingEvent> {
        private static final String OWN = Logging.class.getPackageName();

        @Override
        public FilterReply decide(ILoggingEvent event) {
            String logger = event.getLoggerName();
            boolean own = logger.startsWith(OWN + ".") && logger.indexOf('.', OWN.length() + 1) < 0;
            return own || CHATTY.stream().anyMatch(logger::startsWith) ? FilterReply.NEUTRAL : FilterReply.DENY;
        }
    }

    /// Warnings to standard error alone: for commands, and until the data folder is known to be usable.
    static LoggerContext toStandardError() {
        return toStandardError(Level.WARN, Keeping.USUAL);
    }

    private static LoggerContext toStandardError(Level least, Keeping keeping) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        console.addFilter(started(from(least)));
        start(context, console, keeping);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        // It logs as errors what we tell in a sentence of our own, such as a port in use.
        context.getLogger("io.javalin").setLevel(Level.OFF);
        return context;
    }

    private static RollingFileAppender<ILoggingEvent> file(
            LoggerContext context, Path name, Filter<ILoggingEvent> filter, Keeping keeping) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setFile(name + ".log");
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(name + ".%d{yyyy-MM-dd}.%i.log");
        rolling.setMaxFileSize(new FileSize(keeping.fileMegabytes() * FileSize.MB_COEFFICIENT));
        rolling.setMaxHistory(keeping.days());
        rolling.setTotalSizeCap(new FileSize(keeping.totalMegabytes() * FileSize.MB_COEFFICIENT));
        rolling.setCleanHistoryOnStart(true);
        rolling.start();
        appender.setRollingPolicy(rolling);
        appender.addFilter(started(filter));
        start(context, appender, keeping);
        return appender;
    }

    private static Filter<ILoggingEvent> from(Level least) {
        ThresholdFilter threshold = new ThresholdFilter();
        threshold.setLevel(least.toString());
        return threshold;
    }

    private static Filter<ILoggingEvent> started(Filter<ILoggingEvent> filter) {
        filter.start();
        return filter;
    }

    private static void start(LoggerContext context, OutputStreamAppender<ILoggingEvent> appender, Keeping keeping) {
        Encoder<ILoggingEvent> encoder = keeping.encoder();
        encoder.setContext(context);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
    }
}
