package io.isospin.linux.bpf;

import static io.isospin.linux.bpf.Assembler.FRAME;
import static io.isospin.linux.bpf.Assembler.R0;
import static io.isospin.linux.bpf.Assembler.R1;
import static io.isospin.linux.bpf.Assembler.R2;
import static io.isospin.linux.bpf.Assembler.R3;
import static io.isospin.linux.bpf.Assembler.R6;
import static io.isospin.linux.bpf.Assembler.R7;

import io.isospin.core.net.VlanId;
import io.isospin.linux.libc.Fd;
import io.isospin.linux.netlink.NetworkOrder;

/**
 * The two sched_cls programs of a tagged pair. A received tag lies in the packet's metadata and not in its bytes
 * (skb_vlan_untag runs before the ingress filters), so both work on that, and offloads stay as they are.
 */
public final class TagPrograms {
    // struct __sk_buff, include/uapi/linux/bpf.h
    private static final int VLAN_PRESENT = 20;
    private static final int VLAN_TCI = 24;
    private static final int VLAN_PROTOCOL = 28;

    private static final int MAP_LOOKUP = 1;
    private static final int VLAN_PUSH = 18;
    private static final int VLAN_POP = 19;
    private static final int REDIRECT = 23;

    /** The next filter, or the stack, gets the packet as it is. */
    private static final int TC_ACT_UNSPEC = -1;

    private static final int TC_ACT_SHOT = 2;
    private static final int ETH_P_8021Q = 0x8100;
    private static final int VID_MASK = 0xfff;

    private TagPrograms() {}

    /**
     * For a trunk's ingress: looks the tag up in {@code map} (VLAN id to interface index, both 32 bits), removes it and
     * sends the packet out of that device. Untagged packets, priority tags (VLAN 0) and tags that are not in the map
     * go on untouched, so that other networks can share the trunk. One program serves any number of VLANs.
     */
    public static Fd pop(Fd map) {
        var code = new Assembler()
                .move(R6, R1)
                .load(R0, R6, VLAN_PRESENT)
                .jumpIfEqual(R0, 0, "pass")
                .load(R0, R6, VLAN_PROTOCOL)
                .jumpUnlessEqual(R0, NetworkOrder.of(ETH_P_8021Q), "pass")
                .load(R1, R6, VLAN_TCI)
                .and(R1, VID_MASK)
                .store(FRAME, -4, R1)
                .setMap(R1, map.number())
                .move(R2, FRAME)
                .add(R2, -4)
                .call(MAP_LOOKUP)
                .jumpIfEqual(R0, 0, "pass")
                .load(R7, R0, 0)
                .move(R1, R6)
                .call(VLAN_POP)
                .jumpUnlessEqual(R0, 0, "drop")
                .move(R1, R7)
                .set(R2, 0)
                .call(REDIRECT)
                .exit()
                .label("pass")
                .set(R0, TC_ACT_UNSPEC)
                .exit()
                .label("drop")
                .set(R0, TC_ACT_SHOT)
                .exit();
        return Bpf.load("isospin_pop", code.assemble());
    }

    /** For the ingress of a pair's outer end: adds the tag and sends the packet out of the trunk. */
    public static Fd push(VlanId vlan, int trunk) {
        var code = new Assembler()
                .set(R2, NetworkOrder.of(ETH_P_8021Q))
                .set(R3, vlan.value())
                .call(VLAN_PUSH)
                .jumpUnlessEqual(R0, 0, "drop")
                .set(R1, trunk)
                .set(R2, 0)
                .call(REDIRECT)
                .exit()
                .label("drop")
                .set(R0, TC_ACT_SHOT)
                .exit();
        return Bpf.load("isospin_push", code.assemble());
    }
}
