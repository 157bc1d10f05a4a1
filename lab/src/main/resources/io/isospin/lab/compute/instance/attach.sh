#!/bin/sh
# Plugs one more interface into an instance, under the first name that is free, and has it look.
#   attach.sh NAME PIDFILE TAP BRIDGE MAC MTU
set -e
. "${0%/*}/interface.sh"
device=0
while ip -n "$1" link show "eth$device" > /dev/null 2>&1; do
    device=$((device + 1))
done
plug "$1" "eth$device" "$3" "$4" "$5" "$6"
look "$1" "$2"
