/** Address scopes: subnet pools whose addresses are routed among each other without translation. */
@NullMarked
package io.isospin.server.addressscope;

import org.jspecify.annotations.NullMarked;
