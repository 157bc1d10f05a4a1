/**
 * Nova's metadata service (nova/api/metadata as of Zed) for requests that come through Networking's agent, which says whose
 * they are and signs it.
 */
@NullMarked
package io.isospin.lab.compute.metadata;

import org.jspecify.annotations.NullMarked;
