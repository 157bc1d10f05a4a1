#!/bin/sh
# Makes a guest's taps, each in the bridge of its network; or takes them away.
#   taps.sh plug [TAP BRIDGE MAC MTU]…
#   taps.sh unplug [TAP]…
. "${0%/*}/interface.sh"
verb=$1
shift
failed=0
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
