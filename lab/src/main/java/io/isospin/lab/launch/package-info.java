/**
 * Starting and stopping a lab: settings files for each host, processes in the hosts, and waiting until all is ready.
 * {@link io.isospin.lab.launch.Lab} is the list of what there is.
 */
@NullMarked
package io.isospin.lab.launch;

import org.jspecify.annotations.NullMarked;
