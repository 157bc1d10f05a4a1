package io.isospin.server.api;

/** HTTP 413: more than the server is willing to read. */
public final class TooLarge extends ApiError {
    public TooLarge(int largest) {
        super(
                413,
                "HTTPRequestEntityTooLarge",
                "Request is too large. Larger than max_request_body_size (" + largest + ").");
    }
}
