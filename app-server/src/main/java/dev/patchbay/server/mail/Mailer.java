package dev.patchbay.server.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends letters by SMTP (RFC 5321), with TLS unless told otherwise. Thread-safe.
public final class Mailer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);
    private static final int MOST_WAITING = 500;
    private static final int TRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final @Nullable Settings settings;
    private final Duration pause;
    private final BlockingQueue<Letter> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final @Nullable Thread sender;

    /// How the line to the mail server is protected.
    public enum Security {
        /// TLS from the first byte.
        TLS,
        /// Plain at first, then TLS or nothing.
        STARTTLS,
        NONE
    }

    /// @param user null when the server asks for none
    public record Settings(
            String host,
            int port,
            @Nullable String user,
            @Nullable String password,
            String from,
            Security security) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// @param text plain
    public record Letter(String to, String subject, String text) {
        @Override
        public String toString() {
            return "Letter[" + subject + "]";
        }
    }

    /// @param settings null when no mail server is set up: nothing is sent, and the log says so
    /// @param pause between tries
    public Mailer(@Nullable Settings settings, Duration pause) {
        this.settings = settings;
        this.pause = pause;
        this.sender = settings == null
                ? null
                : Thread.ofPlatform().daemon().name("mail").start(() -> run(settings));
    }

    /// Whether letters can go out at all.
    public boolean ready() {
        return settings != null;
    }

    /// Queues a letter; returns at once.
    public void send(Letter letter) {
        if (settings == null) {
            LOG.warn("\"{}\" was not sent: no mail server is set up (SMTP_HOST, SMTP_FROM)", letter.subject());
        } else if (!waiting.offer(letter)) {
            LOG.warn("\"{}\" was not sent: {} letters wait already", letter.subject(), MOST_WAITING);
        }
    }

    private void run(Settings to) {
        try {
            while (true) {
                deliver(to, waiting.take());
            }
        } catch (InterruptedException e) {
            LOG.debug("the mailer ends; {} letters were not sent", waiting.size());
        }
    }

    private void deliver(Settings to, Letter letter) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                transmit(to, letter);
                return;
            } catch (MessagingException e) {
                if (attempt == TRIES) {
                    LOG.error("\"{}\" was given up after {} tries at {}: {}", letter.subject(), TRIES, to, reason(e));
                    return;
                }
                LOG.warn("\"{}\" could not be sent by {} and will be tried again: {}", letter.subject(), to, reason(e));
                Thread.sleep(pause.multipliedBy(attempt));
            } catch (RuntimeException e) {
                LOG.error("\"{}\" could not be sent", letter.subject(), e);
                return;
            }
        }
    }

    private static String reason(MessagingException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    private static void transmit(Settings to, Letter letter) throws MessagingException {
        Session session = Session.getInstance(properties(to));
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(to.from(), false));
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(letter.to(), false));
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setText(letter.text(), StandardCharsets.UTF_8.name());
        message.setSentDate(new Date());
        // RFC 3834: no out-of-office answers to a machine.
        message.setHeader("Auto-Submitted", "auto-generated");
        Transport.send(message, to.user(), to.password());
    }

    private static Properties properties(Settings to) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", to.host());
        properties.put("mail.smtp.port", String.valueOf(to.port()));
        properties.put("mail.smtp.auth", String.valueOf(to.user() != null));
        properties.put("mail.smtp.ssl.enable", String.valueOf(to.security() == Security.TLS));
        properties.put("mail.smtp.starttls.enable", String.valueOf(to.security() == Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", String.valueOf(to.security() == Security.STARTTLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        for (String limit : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.put("mail.smtp." + limit, String.valueOf(PATIENCE.toMillis()));
        }
        return properties;
    }

    /// Ends the sender; letters that still wait are not sent.
    @Override
    public void close() {
        if (sender != null) {
            sender.interrupt();
            try {
                sender.join(Duration.ofSeconds(2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
