#!/bin/sh
# Removes all of an instance that is on this host, going on past what is not.
#   destroy.sh NAME DIRECTORY PIDFILE [TAP]…
. "${0%/*}/interface.sh"
name=$1 directory=$2 pidfile=$3
shift 3

number=$(process "$name" "$pidfile")
[ -z "$number" ] || kill -KILL "$number" 2>/dev/null
failed=0
for tap in "$@"; do
    if [ -e "/sys/class/net/$tap" ]; then
        # Killing the instance may take the device away just now.
        ip link delete "$tap" || [ ! -e "/sys/class/net/$tap" ] || failed=1
    fi
done
if [ -e "/run/netns/$name" ]; then
    ip netns delete "$name" || failed=1
fi
rm -rf "/etc/netns/$name" "$pidfile" || failed=1
# One that has moved goes on writing to its console from another host.
for other in "$directory"/pid.*; do
    [ -e "$other" ] || rm -rf "$directory" || failed=1
done
exit $failed
