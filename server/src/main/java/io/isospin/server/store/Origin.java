package io.isospin.server.store;

import java.util.function.Supplier;

/**
 * Where changes come from: a user's request, or an agent's report; neither for what the server does by itself.
 *
 * @param user the user's id, empty for none
 * @param userName as Keystone knows it, empty where it is not known
 * @param request the id that the answer to the request has, empty for none
 * @param host of the agent, empty for none
 */
public record Origin(String user, String userName, String request, String host) {
    public static final Origin SERVER = new Origin("", "", "", "");

    private static final ScopedValue<Origin> CURRENT = ScopedValue.newInstance();

    public static Origin user(String id, String name, String request) {
        return new Origin(id, name, request, "");
    }

    public static Origin agent(String host) {
        return new Origin("", "", "", host);
    }

    /** That of the work that this thread does now. */
    public static Origin current() {
        return CURRENT.orElse(SERVER);
    }

    /** Does work whose changes come from here. */
    public <T> T of(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }
}
