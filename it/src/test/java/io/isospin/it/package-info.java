/** Tests that need everything: the rules of the house, and the chapter played on a running lab. */
@NullMarked
package io.isospin.it;

import org.jspecify.annotations.NullMarked;
