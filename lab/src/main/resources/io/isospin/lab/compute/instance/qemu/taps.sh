#!/bin/sh
# Makes a guest's taps, each in the bridge of its network; or takes them away.
#   taps.sh plug [TAP BRIDGE MAC MTU]…
#   taps.sh unplug [TAP]…
verb=$1
shift
failed=0

# bridge NAME: sees to it that there is this bridge, and raises it.
bridge() {
    # The agent may make the bridge at the same moment; either's will do.
    if [ ! -e "/sys/class/net/$1" ]; then
        ip link add "$1" type bridge stp_state 0 forward_delay 0 2>/dev/null || [ -e "/sys/class/net/$1" ]
    fi
    ip link set "$1" up
}

case $verb in
    plug)
        set -e
        while [ $# -ge 4 ]; do
            bridge "$2"
            ip tuntap add dev "$1" mode tap
            # Its own address must not be the guest's, nor lower than others of the bridge: the guest's with fe, as
            # libvirt has it.
            ip link set "$1" address "fe:${3#*:}" mtu "$4"
            ip link set "$1" master "$2" up
            shift 4
        done
        ;;
    unplug)
        for tap in "$@"; do
            if [ -e "/sys/class/net/$tap" ]; then
                ip link delete "$tap" || [ ! -e "/sys/class/net/$tap" ] || failed=1
            fi
        done
        ;;
esac
exit $failed
