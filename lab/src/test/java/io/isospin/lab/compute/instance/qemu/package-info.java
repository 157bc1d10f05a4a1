@NullMarked
package io.isospin.lab.compute.instance.qemu;

import org.jspecify.annotations.NullMarked;
