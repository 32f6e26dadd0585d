package dev.patchbay.server;

import org.jspecify.annotations.Nullable;

/// Every variable that the server knows, under the name that the environment and `patchbay.properties` use.
///
/// Names of the programs that Patchbay replaces are accepted too; those that mean nothing here carry the reason, which
/// is logged once when they are set.
public enum Setting {
    PORT(Kind.PORT, "8090", "the port to serve; 0 takes a free one"),
    HOST(Kind.TEXT, "127.0.0.1", "the address to bind; 0.0.0.0 for the whole network"),
    DATA_DIR(Kind.TEXT, null, "the folder of the database, the secret and the logs"),
    PUBLIC_URL(Kind.URL, null, "the address under which others reach this server, when it is behind a proxy"),
    TRUSTED_PROXIES(Kind.LIST, null, "addresses or networks (CIDR) whose X-Forwarded-For is believed"),
    TLS_CERTIFICATE(Kind.TEXT, null, "a PEM file with the certificate chain; HTTPS when set"),
    TLS_KEY(Kind.TEXT, null, "the PEM file (PKCS#8) with the certificate's private key"),
    REQUEST_TIMEOUT(Kind.DURATION, "20s", "how long a request's head may take to arrive, and its body again"),
    ALLOWED_ORIGINS(Kind.ORIGINS, null, "origins of other sites whose scripts may call the API"),
    WIDGET_ORIGINS(Kind.TEXT, "*", "sites that may frame the call page"),

    DATABASE_URL(Kind.JDBC, null, "jdbc:postgresql:… or postgres://…; without it H2 in the data folder"),
    DB_HOST(Kind.TEXT, null, "PostgreSQL's host, in place of DATABASE_URL"),
    DB_PORT(Kind.PORT, "5432", "PostgreSQL's port"),
    DB_NAME(Kind.TEXT, "patchbay", "PostgreSQL's database"),
    DB_USER(Kind.TEXT, "patchbay", "the database user"),
    DB_PASSWORD(Kind.SECRET, null, "the database user's password"),
    DB_POOL_SIZE(Kind.COUNT, "10", "the most database connections at a time"),

    DRAIN_TIME(Kind.DURATION, "5s", "how long a stopping node goes on serving when other nodes run"),

    JWT_SECRET(
            Kind.SECRET,
            null,
            "signs access tokens, at least 32 bytes; without it one is made and kept, in PostgreSQL or in the data folder"),
    JWT_EXPIRES_IN(Kind.DURATION, "15m", "how long an access token is good for"),
    JWT_REFRESH_EXPIRES_IN(Kind.DURATION, "7d", "how long a sign-in lasts without use"),
    PASSWORD_HASH(Kind.HASH, "argon2id", "how new passwords are hashed: argon2id or bcrypt"),
    BCRYPT_ROUNDS(Kind.ROUNDS, "12", "the cost when PASSWORD_HASH is bcrypt"),

    REGISTRATION(
            Kind.DOOR, null, "whether anybody may found a company: open or closed; without it open on 127.0.0.1 only"),
    ENCRYPTION_KEY(
            Kind.SECRET,
            null,
            "seals what the server must read again, at least 32 bytes, the same on every node; without it a file in "
                    + "the data folder"),

    GOOGLE_CLIENT_ID(Kind.TEXT, null, "this installation's name at Google; signing in with Google when set"),
    GOOGLE_CLIENT_SECRET(Kind.SECRET, null, "its secret"),
    GOOGLE_AUTHORIZE_URL(Kind.URL, "https://accounts.google.com/o/oauth2/v2/auth", "where Google asks people"),
    GOOGLE_TOKEN_URL(Kind.URL, "https://oauth2.googleapis.com/token", "where Google gives tokens"),
    GOOGLE_KEYS_URL(Kind.URL, "https://www.googleapis.com/oauth2/v3/certs", "where Google's public keys are"),
    GOOGLE_ISSUER(Kind.TEXT, "https://accounts.google.com", "how Google names itself in tokens"),
    FACEBOOK_CLIENT_ID(Kind.TEXT, null, "this installation's app id at Facebook; signing in with Facebook when set"),
    FACEBOOK_CLIENT_SECRET(Kind.SECRET, null, "the app's secret"),
    FACEBOOK_AUTHORIZE_URL(Kind.URL, "https://www.facebook.com/v23.0/dialog/oauth", "where Facebook asks people"),
    FACEBOOK_TOKEN_URL(Kind.URL, "https://graph.facebook.com/v23.0/oauth/access_token", "where Facebook gives tokens"),
    FACEBOOK_PERSON_URL(Kind.URL, "https://graph.facebook.com/v23.0/me", "where Facebook says who somebody is"),

    RATE_LIMIT_WINDOW_MS(Kind.COUNT, "900000", "the time over which requests without a token are counted"),
    RATE_LIMIT_MAX_REQUESTS(Kind.COUNT, "100", "requests without a token per address and window"),
    RATE_LIMIT_VISITOR_CALLS(Kind.COUNT, "5", "calls that visitors from one address may ask for per minute"),
    RATE_LIMIT_USER_PER_SECOND(Kind.COUNT, "50", "requests of one signed-in user per second, bursts of ten times that"),
    RATE_LIMIT_SOCKETS_PER_MINUTE(Kind.COUNT, "1200", "live connections that one address may open per minute"),
    RATE_LIMIT_COMPANY_PER_SECOND(
            Kind.COUNT, "1000", "requests of one company's users per second, bursts of ten times that"),

    STUN_SERVER(Kind.TEXT, null, "stun:host:port, for calls over the internet"),
    TURN_SERVER(Kind.TEXT, null, "turn:host:port, for callers behind strict firewalls"),
    TURN_SECRET(Kind.SECRET, null, "the secret shared with coturn, for time-limited credentials"),
    TURN_USERNAME(Kind.TEXT, null, "a fixed TURN user, when there is no TURN_SECRET"),
    TURN_CREDENTIAL(Kind.SECRET, null, "the fixed TURN user's password"),
    TURN_TTL(Kind.DURATION, "12h", "how long TURN credentials are good for"),

    SIGNALWIRE_PROJECT_ID(Kind.TEXT, null, "the SignalWire project"),
    SIGNALWIRE_AUTH_TOKEN(Kind.SECRET, null, "the SignalWire project's token"),
    SIGNALWIRE_API_URL(Kind.URL, null, "the SignalWire space"),
    SIGNALWIRE_API_FULL_URL(Kind.URL, null, "the SignalWire space with its path"),
    TWILIO_ACCOUNT_SID(Kind.TEXT, null, "the Twilio account"),
    TWILIO_AUTH_TOKEN(Kind.SECRET, null, "the Twilio account's token"),
    TWILIO_PHONE_NUMBER(Kind.TEXT, null, "the number that calls go out from"),
    TWILIO_API_URL(Kind.URL, "https://api.twilio.com", "where Twilio answers"),
    EXOTEL_SID(Kind.TEXT, null, "the Exotel account"),
    EXOTEL_API_KEY(Kind.SECRET, null, "the Exotel key"),
    EXOTEL_API_TOKEN(Kind.SECRET, null, "the Exotel token"),
    EXOTEL_API_URL(Kind.URL, null, "where Exotel answers"),
    WHATSAPP_TOKEN(Kind.SECRET, null, "the WhatsApp Cloud API token"),
    WHATSAPP_PHONE_NUMBER_ID(Kind.TEXT, null, "the WhatsApp number's id"),
    WHATSAPP_APP_SECRET(Kind.SECRET, null, "signs WhatsApp's webhooks"),
    WHATSAPP_VERIFY_TOKEN(Kind.SECRET, null, "proves us to WhatsApp"),
    WHATSAPP_SESSION_TIMEOUT(Kind.COUNT, "300000", "milliseconds until a WhatsApp Web session ends"),
    SMTP_HOST(Kind.TEXT, null, "the mail server"),
    SMTP_PORT(Kind.PORT, "587", "the mail server's port"),
    SMTP_USER(Kind.TEXT, null, "the mail server's user"),
    SMTP_PASS(Kind.SECRET, null, "the mail user's password"),
    SMTP_FROM(Kind.TEXT, null, "the sender of mail"),
    SMTP_TLS(Kind.MAIL_TLS, null, "starttls, tls or none; without it tls on port 465, else starttls"),
    SYSTEM_SMTP_HOST(Kind.TEXT, null, "the mail server, by another name"),

    UPLOAD_PATH(Kind.TEXT, null, "the folder of uploaded files"),
    MAX_FILE_SIZE(Kind.COUNT, "52428800", "bytes of an uploaded file at most"),
    ALLOWED_FILE_TYPES(Kind.LIST, null, "content types of uploads"),
    AWS_ACCESS_KEY_ID(Kind.TEXT, null, "the S3 key"),
    AWS_SECRET_ACCESS_KEY(Kind.SECRET, null, "the S3 secret"),
    AWS_S3_BUCKET(Kind.TEXT, null, "the S3 bucket"),
    AWS_REGION(Kind.TEXT, "us-east-1", "the S3 region"),
    MESSAGE_MAX_LENGTH(Kind.COUNT, "10000", "characters of a message at most"),
    MESSAGE_EDIT_TIME_LIMIT(Kind.COUNT, "900000", "milliseconds in which a message may be edited"),
    MESSAGE_SEARCH_ENABLED(Kind.FLAG, "true", "whether messages can be searched"),
    MAX_CONVERSATION_PARTICIPANTS(Kind.COUNT, "50", "people in a conversation at most"),
    AUTO_CREATE_CONVERSATIONS(Kind.FLAG, "true", "whether a customer's first message opens a conversation"),
    SOCKET_MAX_CONNECTIONS_PER_USER(Kind.COUNT, "5", "live connections of one user at most"),
    SOCKET_PING_TIMEOUT(Kind.COUNT, "60000", "milliseconds without a sign of life until a live connection is cut"),
    SOCKET_OVERFLOW(Kind.OVERFLOW, "oldest", "who goes when a user opens one too many: oldest, or refuse the new one"),
    LOG_LEVEL(Kind.LEVEL, "info", "trace, debug, info, warn or error"),
    LOG_FORMAT(Kind.FORMAT, "text", "text for people, json for programs: one object a line"),
    LOG_FILE_MB(Kind.COUNT, "10", "a log file this long is put aside"),
    LOG_KEEP_DAYS(Kind.COUNT, "14", "how long log files put aside are kept"),
    LOG_KEEP_MB(Kind.COUNT, "100", "how much room log files put aside may take, for each kind"),
    METRICS_TOKEN(Kind.SECRET, null, "what a monitor elsewhere sends as bearer token to read /metrics"),

    NODE_ENV(null, "there is one way to run Patchbay"),
    API_VERSION(null, "the API is served as /api/v1, /api and without a prefix"),
    API_BASE_URL(null, "PUBLIC_URL says it"),
    FRONTEND_URL(null, "the console is a program; ALLOWED_ORIGINS names other sites"),
    SESSION_SECRET(null, "there are no cookie sessions; JWT_SECRET signs tokens"),
    JWT_REFRESH_SECRET(null, "refresh tokens are random and stored as hashes, not signed"),
    PUPPETEER_EXECUTABLE_PATH(null, "no browser is driven"),
    MONGODB_URI(null, "data is kept in H2 or PostgreSQL"),
    MONGODB_POOL_SIZE(null, "data is kept in H2 or PostgreSQL"),
    REDIS_URL(null, "no cache server is needed"),
    REDIS_PASSWORD(null, "no cache server is needed"),
    RABBITMQ_URL(null, "jobs are kept in the database"),
    DEBUG_SQL(null, "LOG_LEVEL=debug says more"),
    DEBUG_SOCKET(null, "LOG_LEVEL=debug says more");

    /// What a value must look like.
    public enum Kind {
        TEXT,
        SECRET,
        LIST,
        ORIGINS,
        URL,
        JDBC,
        PORT,
        COUNT,
        FLAG,
        DURATION,
        HASH,
        ROUNDS,
        DOOR,
        MAIL_TLS,
        LEVEL,
        FORMAT,
        OVERFLOW,
        UNUSED
    }

    private final Kind kind;
    private final @Nullable String initial;
    private final String tells;

    Setting(Kind kind, @Nullable String initial, String tells) {
        this.kind = kind;
        this.initial = initial;
        this.tells = tells;
    }

    Setting(@Nullable String initial, String unusedBecause) {
        this(Kind.UNUSED, initial, unusedBecause);
    }

    public Kind kind() {
        return kind;
    }

    /// The default; null when the setting is absent without one.
    public @Nullable String initial() {
        return initial;
    }

    /// What it is for; for an unused one, why it is not used.
    public String tells() {
        return tells;
    }
}
