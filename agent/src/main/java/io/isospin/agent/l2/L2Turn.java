package io.isospin.agent.l2;

import io.isospin.core.net.InterfaceName;
import io.isospin.core.net.ResourceId;
import io.isospin.linux.kernel.NetworkNamespace.Result;
import io.isospin.linux.kernel.Observed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a turn has come to: what was wanted, and what is there now.
 *
 * @param confirmed whether a server has confirmed what is wanted
 * @param leftovers devices of ours and taps of ports that nothing has wanted for a while, and that are there all the same
 * @param failures what the kernel has refused lately
 * @param troubles why networks' bridges do not work, in one sentence each
 */
public record L2Turn(
        boolean confirmed,
        Wiring wiring,
        Observed observed,
        Set<InterfaceName> leftovers,
        List<Result> failures,
        Map<ResourceId, String> troubles,
        List<PortStatus> statuses) {

    /** The same without ports of whom it is too early to say anything. */
    public L2Turn without(Predicate<PortStatus> early) {
        return new L2Turn(
                confirmed,
                wiring,
                observed,
                leftovers,
                failures,
                troubles,
                statuses.stream().filter(early.negate()).toList());
    }
}
