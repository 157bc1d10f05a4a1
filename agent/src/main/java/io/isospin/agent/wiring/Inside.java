package io.isospin.agent.wiring;

import io.isospin.linux.kernel.Observed;
import org.jspecify.annotations.Nullable;

/**
 * A network's namespace as last seen.
 *
 * @param observed what is in it; null where it is not there
 * @param dnsmasq whether dnsmasq runs in it
 * @param trouble why it is not as wanted, in one sentence; empty where it is
 */
public record Inside(String namespace, @Nullable Observed observed, boolean dnsmasq, String trouble) {}
