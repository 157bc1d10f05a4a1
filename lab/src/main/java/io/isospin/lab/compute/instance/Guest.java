package io.isospin.lab.compute.instance;

import io.isospin.core.net.ResourceId;
import java.util.List;
import java.util.Locale;

/** What a driver must know of an instance. {@code number} counts the instances of this lab from 1. */
public record Guest(ResourceId id, int number, String hostname, String host, List<Vif> vifs, GuestSettings settings) {
    /** The name on the host, as libvirt knows it under Nova: {@code instance-0000000a}. */
    public String name() {
        return String.format(Locale.ROOT, "instance-%08x", number);
    }
}
