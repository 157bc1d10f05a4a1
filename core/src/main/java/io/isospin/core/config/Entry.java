package io.isospin.core.config;

import java.nio.file.Path;

/** One assignment in a file, its continuation lines joined by line feeds; {@code line} counts from 1. */
record Entry(String section, String key, String value, Path file, int line) {
    String where() {
        return file + ":" + line;
    }
}
