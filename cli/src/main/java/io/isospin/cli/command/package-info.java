/** The verbs: each for every resource, with what is special to one resource in a class of its own. */
@NullMarked
package io.isospin.cli.command;

import org.jspecify.annotations.NullMarked;
