#!/bin/sh
# Asks the metadata service who this instance is, once there is a way to it, and says so on the console as CirrOS does.
# User data that is a script runs, once in an instance's life.
#   metadata.sh DIRECTORY
directory=$1
base=http://169.254.169.254/2009-04-04
most=20

# Not wget's own -T, with which Debian 12's busybox dies.
get() { timeout 5 busybox wget -q -O - "$base/$1" 2> /dev/null; }
up() { read -r seconds rest < /proc/uptime && echo "$seconds"; }

reachable() { [ -n "$(ip -4 route get 169.254.169.254 2> /dev/null)" ]; }
waited=0
until reachable; do
    waited=$((waited + 1))
    [ $waited -lt 300 ] || exit 0
    sleep 0.2
done

echo "checking $base/instance-id"
tries=1
until id=$(get meta-data/instance-id) && [ -n "$id" ]; do
    echo "failed $tries/$most: up $(up). request failed"
    if [ $tries -ge $most ]; then
        echo "failed to read iid from metadata. tried $most"
        exit 0
    fi
    tries=$((tries + 1))
    sleep 1
done
echo "successful after $tries/$most tries: up $(up). iid=$id"

echo '=== datasource: ec2 net ==='
echo "instance-id: $id"
echo "availability-zone: $(get meta-data/placement/availability-zone)"
echo "local-hostname: $(get meta-data/local-hostname)"
echo "launch-index: $(get meta-data/ami-launch-index)"
get meta-data/public-keys/ | while IFS='=' read -r index name || [ -n "$index" ]; do
    echo "public-key $name: $(get "meta-data/public-keys/$index/openssh-key")"
done

data=$directory/user-data
if ! get user-data > "$data" || [ ! -s "$data" ]; then
    rm -f "$data"
    exit 0
fi
echo '=== user data ==='
head -c 4096 "$data" | tr -cd '[:print:]\n\t'
echo
[ "$(head -c 2 "$data")" = '#!' ] && [ ! -e "$data.ran" ] || exit 0
: > "$data.ran"
# The instance shares its host's files: a script of whoever may boot one finds them read-only, and a /tmp of its own.
unshare --mount sh -c '
    for place in / /etc; do
        ! mountpoint -q $place || mount -o remount,bind,ro $place || exit 126
    done
    mount -t tmpfs tmpfs /tmp && cat <&3 > /tmp/user-data && chmod +x /tmp/user-data && exec /tmp/user-data 3<&-' 3< "$data"
echo "=== user data ended with status $? ==="
