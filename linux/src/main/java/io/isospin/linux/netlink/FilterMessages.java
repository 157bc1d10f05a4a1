package io.isospin.linux.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A clsact queueing discipline and direct-action cls_bpf filters on a device's ingress: struct tcmsg (20 bytes). */
public final class FilterMessages {
    private static final int RTM_NEWQDISC = 36;
    private static final int RTM_NEWTFILTER = 44;
    private static final int RTM_GETTFILTER = 46;
    private static final int BODY = 20;
    private static final int TCA_KIND = 1;
    private static final int TCA_OPTIONS = 2;
    private static final int TCA_BPF_FD = 6;
    private static final int TCA_BPF_NAME = 7;
    private static final int TCA_BPF_FLAGS = 8;
    private static final int TCA_BPF_ID = 11;
    private static final int DIRECT_ACTION = 1;
    private static final int TC_H_CLSACT = 0xfffffff1;
    private static final int CLSACT_HANDLE = 0xffff0000;
    private static final int CLSACT_INGRESS = 0xfffffff2;
    /** The priority is an arbitrary one: other people's filters may come before or after. */
    private static final int PRIORITY = 4000;

    private static final int ETH_P_ALL = 3;
    private static final int HANDLE = 1;

    private FilterMessages() {}

    /** A filter found: the name that it was given and its program's id. */
    public record Filter(String name, int program) {}

    /** Refused with EEXIST where the device has one already. */
    public static byte[] createClsact(int device) {
        return new MessageWriter(RTM_NEWQDISC, MessageWriter.CREATE | MessageWriter.EXCLUSIVE)
                .u32(0)
                .u32(device)
                .u32(CLSACT_HANDLE)
                .u32(TC_H_CLSACT)
                .u32(0)
                .attribute(TCA_KIND, "clsact")
                .finish();
    }

    /** Puts the program in its place, or in the place of the one that is there, without a gap between them. */
    public static byte[] attach(int device, int program, String name) {
        MessageWriter message = ingress(RTM_NEWTFILTER, MessageWriter.CREATE, device);
        int options = message.begin(TCA_OPTIONS);
        message.attributeU32(TCA_BPF_FD, program)
                .attribute(TCA_BPF_NAME, name)
                .attributeU32(TCA_BPF_FLAGS, DIRECT_ACTION);
        return message.end(options).finish();
    }

    private static MessageWriter ingress(int type, int flags, int device) {
        return new MessageWriter(type, flags)
                .u32(0)
                .u32(device)
                .u32(HANDLE)
                .u32(CLSACT_INGRESS)
                .u32(PRIORITY << 16 | NetworkOrder.of(ETH_P_ALL))
                .attribute(TCA_KIND, "bpf");
    }

    /** The filter at our place on each device, in order. */
    public static List<Optional<Filter>> onIngress(NetlinkSession session, List<Integer> devices) {
        var found = new ArrayList<Optional<Filter>>(Collections.nCopies(devices.size(), Optional.empty()));
        List<byte[]> requests = devices.stream()
                .map(device -> ingress(RTM_GETTFILTER, 0, device).finish())
                .toList();
        session.transact(
                requests, (request, type, message) -> found.set(request, Optional.ofNullable(parse(type, message))));
        return found;
    }

    private static @Nullable Filter parse(int type, ByteBuffer message) {
        if (type != RTM_NEWTFILTER) {
            return null;
        }
        Attributes options = Attributes.after(message, BODY).nested(TCA_OPTIONS);
        return new Filter(options.string(TCA_BPF_NAME), options.u32(TCA_BPF_ID));
    }
}
