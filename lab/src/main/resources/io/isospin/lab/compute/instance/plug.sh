#!/bin/sh
# Makes an instance's namespace and plugs its interfaces, each tap into the bridge of its network.
#   plug.sh NAME PIDFILE [TAP BRIDGE MAC MTU]…
set -e
. "${0%/*}/interface.sh"
name=$1 pidfile=$2
shift 2

ip netns add "$name"
# After a lab that was killed the file is still there, and its number is another process's by now.
: > "$pidfile"
ip -n "$name" link set lo up
mkdir -p "/etc/netns/$name"
: > "/etc/netns/$name/resolv.conf"
device=0
while [ $# -ge 4 ]; do
    plug "$name" "eth$device" "$1" "$2" "$3" "$4"
    shift 4
    device=$((device + 1))
done
