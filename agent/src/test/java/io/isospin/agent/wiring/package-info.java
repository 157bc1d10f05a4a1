@NullMarked
package io.isospin.agent.wiring;

import org.jspecify.annotations.NullMarked;
