#!/bin/sh
# Ends an instance's processes; its interfaces stay, without addresses and down, as a machine's that is off.
#   stop.sh NAME PIDFILE
. "${0%/*}/interface.sh"
number=$(process "$1" "$2")
if [ -n "$number" ]; then
    kill -KILL "$number" 2>/dev/null
    tries=0
    while [ -d "/proc/$number" ] && [ $tries -lt 500 ]; do
        tries=$((tries + 1))
        sleep 0.01
    done
    if [ -d "/proc/$number" ]; then
        echo "process $number of $1 does not end" >&2
        exit 1
    fi
fi
: > "$2"
for device in $(ip -n "$1" -br link | sed -n 's/^\(eth[0-9]*\).*/\1/p'); do
    ip -n "$1" addr flush dev "$device" && ip -n "$1" link set "$device" down || exit 1
done
