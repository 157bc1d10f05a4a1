/** eBPF programs assembled here and loaded with bpf(2): the VLAN tags of kernels without 8021q. */
@NullMarked
package io.isospin.linux.bpf;

import org.jspecify.annotations.NullMarked;
