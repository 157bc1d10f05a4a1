package io.isospin.server.store;

import io.isospin.core.schema.Resource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The documents of one state: all that is asked to find out who sees what. */
public interface Lookup {
    Optional<ObjectNode> get(Resource resource, String id);

    List<ObjectNode> list(Resource resource, Query query);

    /** Documents as they are stored, for answers that show all of them. */
    List<String> texts(Resource resource, Query query);
}
