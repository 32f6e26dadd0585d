package dev.patchbay.desktop.session;

import dev.patchbay.model.ErrorBody;

/// The server understood and said no.
public final class Refused extends RuntimeException {
    private final ErrorBody error;
    private final int httpStatus;

    public Refused(ErrorBody error, int httpStatus) {
        super(error.code() + ": " + error.message(), null, false, false);
        this.error = error;
        this.httpStatus = httpStatus;
    }

    public ErrorBody error() {
        return error;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
