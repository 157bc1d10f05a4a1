package io.isospin.core.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration can't be used; all its faults, in the order of their discovery. */
public final class ConfigException extends RuntimeException {
    private final transient List<Fault> faults;

    public ConfigException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
