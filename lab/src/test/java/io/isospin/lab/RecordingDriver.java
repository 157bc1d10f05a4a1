package io.isospin.lab;

import io.isospin.lab.compute.instance.DriverException;
import io.isospin.lab.compute.instance.Guest;
import io.isospin.lab.compute.instance.InstanceDriver;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A driver that writes down what it is told, and fails on hosts of the test's choice. */
public final class RecordingDriver implements InstanceDriver {
    public final List<String> done = new CopyOnWriteArrayList<>();
    public final Set<String> broken = ConcurrentHashMap.newKeySet();

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
    }

    @Override
    public void start(Guest guest) {
        done.add("start " + guest.hostname());
    }

    @Override
    public void destroy(Guest guest) {
        done.add("destroy " + guest.hostname() + " on " + guest.host());
    }

    @Override
    public String console(Guest guest) {
        return "one\ntwo\nthree\n";
    }
}
