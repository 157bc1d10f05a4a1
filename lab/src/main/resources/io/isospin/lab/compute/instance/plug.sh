#!/bin/sh
# Makes an instance's namespace and plugs its interfaces, each tap into the bridge of its network.
#   plug.sh NAME [TAP BRIDGE MAC MTU]…
set -e
name=$1
shift

ip netns add "$name"
ip -n "$name" link set lo up
mkdir -p "/etc/netns/$name"
: > "/etc/netns/$name/resolv.conf"
device=0
while [ $# -ge 4 ]; do
    tap=$1 bridge=$2 mac=$3 mtu=$4
    shift 4
    # The agent may make the bridge at the same moment; either's will do.
    if [ ! -e "/sys/class/net/$bridge" ]; then
        ip link add "$bridge" type bridge stp_state 0 forward_delay 0 2>/dev/null || [ -e "/sys/class/net/$bridge" ]
    fi
    ip link add "$tap" mtu "$mtu" type veth peer name "eth$device" mtu "$mtu" address "$mac" netns "$name"
    ip -n "$name" link set "eth$device" up
    ip link set "$bridge" up
    ip link set "$tap" master "$bridge" up
    device=$((device + 1))
done
