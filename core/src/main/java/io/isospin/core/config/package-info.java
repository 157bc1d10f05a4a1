/**
 * Configuration files as oslo.config reads them, with every fault found at once.
 *
 * <p>{@link io.isospin.core.config.Settings} is read from files, asked for typed values, and then checked: what was
 * wrong in any of it comes as one {@link io.isospin.core.config.ConfigException}.
 */
@NullMarked
package io.isospin.core.config;

import org.jspecify.annotations.NullMarked;
