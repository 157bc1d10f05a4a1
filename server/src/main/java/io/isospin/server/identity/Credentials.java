package io.isospin.server.identity;

import java.util.Optional;
import java.util.function.Function;

/** The headers of a request that say who sends it, by name. */
@FunctionalInterface
public interface Credentials extends Function<String, Optional<String>> {}
