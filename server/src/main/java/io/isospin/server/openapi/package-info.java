/**
 * The API's description in OpenAPI 3.1, for generated clients, dashboards and tests.
 *
 * <p>It follows from two things: what handlers say that they answer, and the resources' attribute tables.
 */
@NullMarked
package io.isospin.server.openapi;

import org.jspecify.annotations.NullMarked;
