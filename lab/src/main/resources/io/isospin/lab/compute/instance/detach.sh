#!/bin/sh
# Takes an interface from an instance, both ends of it, and has it look.
#   detach.sh NAME PIDFILE TAP
. "${0%/*}/interface.sh"
if [ -e "/sys/class/net/$3" ]; then
    ip link delete "$3" || [ ! -e "/sys/class/net/$3" ] || exit 1
fi
look "$1" "$2"
