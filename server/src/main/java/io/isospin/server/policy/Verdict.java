package io.isospin.server.policy;

/** What a rule says. */
enum Verdict {
    YES,
    NO,
    /** It depends on a document, and none is given. */
    DEPENDS;

    static Verdict of(boolean yes) {
        return yes ? YES : NO;
    }

    Verdict not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case DEPENDS -> DEPENDS;
        };
    }
}
