package io.isospin.server.store;

/** Somebody else has the item that a decision wanted to claim. */
public final class Taken extends RuntimeException {
    private final String pool;
    private final String item;

    public Taken(String pool, String item) {
        super(pool + " " + item + " is taken", null, false, false);
        this.pool = pool;
        this.item = item;
    }

    public String pool() {
        return pool;
    }

    public String item() {
        return item;
    }
}
