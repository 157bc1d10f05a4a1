package io.isospin.lab;

import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.InstanceDriver;
import io.isospin.lab.compute.instance.Vif;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A driver that writes down what it is told, and fails on hosts of the test's choice. */
public final class RecordingDriver implements InstanceDriver {
    public final List<String> done = new CopyOnWriteArrayList<>();
    public final Set<String> broken = ConcurrentHashMap.newKeySet();
    /** What Networking does when it finds a tap. */
    public volatile BiConsumer<Guest, Vif> whenPlugged = (guest, vif) -> {};

    private final Set<String> running = ConcurrentHashMap.newKeySet();

    @Override
    public String type() {
        return "recording";
    }

    @Override
    public void plug(Guest guest) {
        done.add("plug " + guest.hostname() + " on " + guest.host());
        if (broken.contains(guest.host())) {
            throw new DriverException(guest.host() + " is broken");
        }
        guest.vifs().forEach(vif -> whenPlugged.accept(guest, vif));
    }

    @Override
    public void start(Guest guest) {
        done.add("start " + guest.hostname());
        running.add(guest.id() + " on " + guest.host());
    }

    @Override
    public void stop(Guest guest) {
        done.add("stop " + guest.hostname());
        dies(guest);
    }

    @Override
    public void pause(Guest guest) {
        done.add("pause " + guest.hostname());
    }

    @Override
    public void unpause(Guest guest) {
        done.add("unpause " + guest.hostname());
    }

    @Override
    public void attach(Guest guest, Vif vif) {
        done.add("attach " + vif.networkName() + " to " + guest.hostname());
        if (broken.contains(guest.host())) {
            throw new DriverException(guest.host() + " is broken");
        }
        whenPlugged.accept(guest, vif);
    }

    @Override
    public void detach(Guest guest, Vif vif) {
        done.add("detach " + vif.networkName() + " from " + guest.hostname());
    }

    @Override
    public boolean runs(Guest guest) {
        return running.contains(guest.id() + " on " + guest.host());
    }

    /** Its process ends by itself. */
    public void dies(Guest guest) {
        running.remove(guest.id() + " on " + guest.host());
    }

    @Override
    public void destroy(Guest guest) {
        done.add("destroy " + guest.hostname() + " on " + guest.host());
        dies(guest);
    }

    @Override
    public String console(Guest guest) {
        return "one\ntwo\nthree\n";
    }
}
