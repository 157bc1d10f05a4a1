/** The Neutron API without its transport: requests, answers, errors, and what all resources share. */
@NullMarked
package io.isospin.server.api;

import org.jspecify.annotations.NullMarked;
