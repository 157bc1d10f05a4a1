package io.isospin.server.extension;

/** An API extension as discovery shows it. */
record Extension(String alias, String name, String description, String updated) {}
