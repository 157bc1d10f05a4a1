/** rtnetlink without a library: messages, sockets with batched requests, and the words of rtnetlink(7). */
@NullMarked
package io.isospin.linux.netlink;

import org.jspecify.annotations.NullMarked;
