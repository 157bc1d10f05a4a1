package io.isospin.lab.compute.instance;

/** Runs instances on the hosts. Failures are {@link DriverException}s. */
public interface InstanceDriver {
    /** What {@code hypervisor_type} shows. */
    String type();

    /** Makes the instance with its interfaces, each tap in the bridge of its network; nothing runs in it yet. */
    void plug(Guest guest);

    /** Lets it run. */
    void start(Guest guest);

    /** Removes everything of it, as much as there is; goes on past failures and reports them together. */
    void destroy(Guest guest);

    /** What it wrote to its console since it was made; empty where there is nothing. */
    String console(Guest guest);
}
