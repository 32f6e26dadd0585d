package dev.patchbay.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Where the server's log goes: standard error, and `combined.log` and `error.log` in the data folder, each with five
/// older ones of 10 MB.
///
/// Line ends inside a message become blanks: what a client sent cannot forge a line.
public final class Logging {
    private static final String PATTERN =
            "%d{yyyy-MM-dd HH:mm:ss:SSS} [%level]: %replace(%msg){'[\\r\\n]+', ' '}%n%ex{full}";

    private Logging() {}

    /// For the server's own process; a console that runs the server inside itself logs into its own folder.
    static void install(Config config) {
        Level level = Level.toLevel(config.text(Setting.LOG_LEVEL));
        install(config.folder().resolve("logs"), level, level);
    }

    /// Logs into a folder, and warnings to standard error.
    ///
    /// @param least the least level that is kept, such as `INFO`
    public static void install(Path folder, String least) {
        install(folder, Level.toLevel(least), Level.WARN);
    }

    private static void install(Path folder, Level level, Level said) {
        LoggerContext context = toStandardError(said);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        // It warns of running from the class path, which is on purpose (docs/adr/0001).
        context.getLogger("javafx").setLevel(Level.ERROR);
        root.addAppender(file(context, folder.resolve("combined"), level));
        root.addAppender(file(context, folder.resolve("error"), Level.ERROR));
        // What the libraries tell while they work is about them, not about calls.
        for (String chatty : List.of("org.flywaydb", "com.zaxxer.hikari", "org.eclipse.jetty", "com.password4j")) {
            context.getLogger(chatty).setLevel(Level.WARN);
        }
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    /// Warnings to standard error alone: for commands, and until the data folder is known to be usable.
    static LoggerContext toStandardError() {
        return toStandardError(Level.WARN);
    }

    private static LoggerContext toStandardError(Level least) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        console.addFilter(from(least));
        start(context, console);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        // It logs as errors what we tell in a sentence of our own, such as a port in use.
        context.getLogger("io.javalin").setLevel(Level.OFF);
        return context;
    }

    private static RollingFileAppender<ILoggingEvent> file(LoggerContext context, Path name, Level least) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setFile(name + ".log");
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(name + ".%i.log");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(5);
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(10 * FileSize.MB_COEFFICIENT));
        size.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(size);
        appender.addFilter(from(least));
        start(context, appender);
        return appender;
    }

    private static ThresholdFilter from(Level least) {
        ThresholdFilter threshold = new ThresholdFilter();
        threshold.setLevel(least.toString());
        threshold.start();
        return threshold;
    }

    private static void start(LoggerContext context, OutputStreamAppender<ILoggingEvent> appender) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
    }
}
