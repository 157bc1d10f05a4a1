/** The kernel facade, on the real kernel and in the fake. */
package io.isospin.linux;
