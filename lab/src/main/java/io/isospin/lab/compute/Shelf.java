package io.isospin.lab.compute;

import io.isospin.core.net.ResourceId;
import java.util.List;

/** Where instances outlive the lab, so that the next one starts them again and their ports are not left without. */
public interface Shelf {
    void put(Instance instance);

    void remove(ResourceId id);

    List<Instance> all();

    /** For a lab that forgets. */
    Shelf NONE = new Shelf() {
        @Override
        public void put(Instance instance) {}

        @Override
        public void remove(ResourceId id) {}

        @Override
        public List<Instance> all() {
            return List.of();
        }
    };
}
