package io.isospin.lab.compute.instance;

/** Runs instances on the hosts. Failures are {@link DriverException}s. */
public interface InstanceDriver {
    /** What {@code hypervisor_type} shows. */
    String type();

    /** Makes the instance with its interfaces, each tap in the bridge of its network; nothing runs in it yet. */
    void plug(Guest guest);

    /** Lets it run: for the first time, or again after {@link #stop}. */
    void start(Guest guest);

    /** Powers it off. Its taps stay plugged, and its console stays readable; one that does not run is no failure. */
    void stop(Guest guest);

    /** Freezes it as it is. */
    void pause(Guest guest);

    /** Lets a frozen one go on. */
    void unpause(Guest guest);

    /** Plugs an interface into one that is there already, whether it runs or not. {@code guest.vifs()} has it already. */
    void attach(Guest guest, Vif vif);

    /** Removes an interface with its tap; one that has gone is no failure. {@code guest.vifs()} may still have it. */
    void detach(Guest guest, Vif vif);

    /** Whether its process lives, frozen or not. Asked often, so it must cost nothing to speak of. */
    boolean runs(Guest guest);

    /** Whether it can go on on another host, without a boot that it could notice; one that can't moves only when it is off. */
    default boolean movesLive(Guest guest) {
        return true;
    }

    /** What runs guests' instructions, {@code kvm} or {@code tcg}; empty where that is no question, or not known yet. */
    default String accelerator() {
        return "";
    }

    /** Removes everything of it, as much as there is; goes on past failures and reports them together. */
    void destroy(Guest guest);

    /** What it wrote to its console since it was made; empty where there is nothing. */
    String console(Guest guest);
}
