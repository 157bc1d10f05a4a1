package io.isospin.server.policy;

/** A text that is no rule of oslo.policy's language; the message says what is wrong and what would be right. */
final class MalformedRule extends RuntimeException {
    MalformedRule(String problem) {
        super(problem, null, false, false);
    }
}
