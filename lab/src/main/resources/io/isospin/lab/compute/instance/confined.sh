#!/bin/sh
# Runs user data. The instance shares its host's files: a script of whoever may boot one finds them read-only, and a
# /tmp of its own.
#   confined.sh FILE
exec unshare --mount sh -c '
    for place in / /etc; do
        ! mountpoint -q $place || mount -o remount,bind,ro $place || exit 126
    done
    mount -t tmpfs tmpfs /tmp && cat <&3 > /tmp/user-data && chmod +x /tmp/user-data && exec /tmp/user-data 3<&-' 3< "$1"
