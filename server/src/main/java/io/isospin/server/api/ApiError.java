package io.isospin.server.api;

/** A request that is refused: its HTTP status, and Neutron's name and text for why. */
public abstract sealed class ApiError extends RuntimeException
        permits BadRequest,
                NotAuthorized,
                Forbidden,
                NotFound,
                Conflict,
                Gone,
                MethodNotAllowed,
                PreconditionFailed,
                TooLarge,
                Failed,
                Unavailable {
    private final int status;
    private final String type;

    ApiError(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    public int status() {
        return status;
    }

    /** The class name that clients map: {@code NetworkInUse}. */
    public String type() {
        return type;
    }

    /** The text; never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
