/** Making the host so: signals gathered, one plan and one batch for all of them, read again afterwards. */
@NullMarked
package io.isospin.agent.reconcile;

import org.jspecify.annotations.NullMarked;
