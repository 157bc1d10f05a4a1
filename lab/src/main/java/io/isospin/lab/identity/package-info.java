/**
 * A small Keystone (Identity API v3): fixed projects, users and roles, opaque tokens, and the catalogue.
 *
 * <p>{@link io.isospin.lab.identity.AuthRequest} reads what a client asks for, {@link io.isospin.lab.identity.Tokens}
 * decides and remembers, {@link io.isospin.lab.identity.IdentityService} is the way over HTTP.
 */
@NullMarked
package io.isospin.lab.identity;

import org.jspecify.annotations.NullMarked;
