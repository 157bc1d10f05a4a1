/** Certificates and keys in PEM, and whose are believed, for clients of services that speak TLS. */
@NullMarked
package io.isospin.core.tls;

import org.jspecify.annotations.NullMarked;
