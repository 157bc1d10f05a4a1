package io.isospin.lab.compute.instance;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The drivers that there are, as one. An image says by its property {@code isospin:driver} which of them its instances
 * want; where it says nothing the flavor may, by an extra spec of the same name.
 */
public final class Drivers implements InstanceDriver {
    public static final String PROPERTY = "isospin:driver";

    private final InstanceDriver usual;
    private final Map<String, InstanceDriver> byName;

    /** {@code usual} is for those who do not choose. */
    public Drivers(InstanceDriver usual, Map<String, InstanceDriver> byName) {
        this.usual = usual;
        this.byName = new TreeMap<>(byName);
    }

    private InstanceDriver of(Guest guest) {
        var settings = guest.settings();
        Optional<String> wanted = Optional.ofNullable(settings.imageProperties().get(PROPERTY))
                .or(() -> Optional.ofNullable(settings.extraSpecs().get(PROPERTY)));
        if (wanted.isEmpty()) {
            return usual;
        }
        var driver = byName.get(wanted.get());
        if (driver == null) {
            throw new DriverException("There is no instance driver '" + wanted.get() + "', which " + PROPERTY
                    + " of the image or the flavor asks for; there are " + String.join(" and ", byName.keySet()));
        }
        return driver;
    }

    @Override
    public String type() {
        return usual.type();
    }

    @Override
    public void plug(Guest guest) {
        of(guest).plug(guest);
    }

    @Override
    public void start(Guest guest) {
        of(guest).start(guest);
    }

    @Override
    public void stop(Guest guest) {
        of(guest).stop(guest);
    }

    @Override
    public void pause(Guest guest) {
        of(guest).pause(guest);
    }

    @Override
    public void unpause(Guest guest) {
        of(guest).unpause(guest);
    }

    @Override
    public void attach(Guest guest, Vif vif) {
        of(guest).attach(guest, vif);
    }

    @Override
    public void detach(Guest guest, Vif vif) {
        of(guest).detach(guest, vif);
    }

    @Override
    public boolean runs(Guest guest) {
        return of(guest).runs(guest);
    }

    @Override
    public boolean movesLive(Guest guest) {
        return of(guest).movesLive(guest);
    }

    @Override
    public String accelerator() {
        return byName.values().stream()
                .map(InstanceDriver::accelerator)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public void destroy(Guest guest) {
        of(guest).destroy(guest);
    }

    @Override
    public String console(Guest guest) {
        return of(guest).console(guest);
    }
}
