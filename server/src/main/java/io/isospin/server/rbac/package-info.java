/** What projects share with others: RBAC entries, and the flags of networks and the like that stand for them. */
@NullMarked
package io.isospin.server.rbac;

import org.jspecify.annotations.NullMarked;
