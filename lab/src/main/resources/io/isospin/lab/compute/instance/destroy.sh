#!/bin/sh
# Removes all of an instance that is there, going on past what is not.
#   destroy.sh NAME DIRECTORY [TAP]…
name=$1
directory=$2
shift 2

if [ -s "$directory/pid" ]; then
    pid=$(cat "$directory/pid")
    # The number may be another process's by now.
    if grep -q "$name" "/proc/$pid/cmdline" 2>/dev/null; then
        kill -KILL "$pid" 2>/dev/null
    fi
fi
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
rm -rf "/etc/netns/$name" "$directory" || failed=1
exit $failed
