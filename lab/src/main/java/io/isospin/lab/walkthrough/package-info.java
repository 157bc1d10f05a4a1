/**
 * The chapter as steps with checkable results: the commands that a person types, on a running lab, and what must come
 * of each. The command {@code isospin walkthrough} plays it, and a test does the same.
 */
@NullMarked
package io.isospin.lab.walkthrough;

import org.jspecify.annotations.NullMarked;
