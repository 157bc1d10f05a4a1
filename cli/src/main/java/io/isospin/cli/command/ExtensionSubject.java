package io.isospin.cli.command;

import io.isospin.core.schema.Resource;
import java.util.List;

/** The API's extensions, called by their alias. */
final class ExtensionSubject extends Subject {
    ExtensionSubject() {
        super(Resource.of("extension", "extensions", false, List.of()), "ext");
    }

    @Override
    List<String> columns() {
        return List.of("alias", "name");
    }
}
