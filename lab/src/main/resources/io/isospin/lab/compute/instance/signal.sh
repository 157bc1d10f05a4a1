#!/bin/sh
# Sends a signal to all of an instance's processes: those in the process namespace of its first one.
#   signal.sh SIGNAL NAME PIDFILE
. "${0%/*}/interface.sh"
number=$(process "$2" "$3")
if [ -z "$number" ]; then
    echo "$2 does not run" >&2
    exit 1
fi
namespace=$(readlink "/proc/$number/ns/pid" | sed 's/[][]/\\&/g')
members() { find /proc/[0-9]*/ns/pid -lname "$namespace" 2>/dev/null | cut -d/ -f3; }
# One that is not frozen yet may start another meanwhile.
before=
until now=$(members) && [ "$now" = "$before" ]; do
    # shellcheck disable=SC2086
    kill -"$1" $now 2>/dev/null
    before=$now
done
