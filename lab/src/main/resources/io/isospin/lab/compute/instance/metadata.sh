#!/bin/sh
# Finds out who this instance is, and says so on the console as CirrOS does: from a config drive, or from the metadata
# service once there is a way to it. User data that is a script is run, once.
#   metadata.sh DIRECTORY RUN [DRIVE]
# RUN FILE runs user data; DRIVE is where a config drive is mounted.
directory=$1
run=$2
drive=$3
service=http://169.254.169.254
base=$service/2009-04-04
data=$directory/user-data
most=20

# Not wget's own -T, with which Debian 12's busybox dies.
get() { timeout 5 busybox wget -q -O - "$1" 2> /dev/null; }
up() { read -r seconds rest < /proc/uptime && echo "$seconds"; }
reachable() { [ -n "$(ip -4 route get 169.254.169.254 2> /dev/null)" ]; }

# field NAME FILE: the first value of this name in a document of JSON.
field() { grep -o "\"$1\" *: *\"[^\"]*\"" "$2" | head -n 1 | sed 's/^"[^"]*" *: *"//; s/"$//'; }
called() { [ -z "$1" ] || hostname "${1%%.*}"; }

# tell FILE: what OpenStack's meta_data.json says.
tell() {
    echo "instance-uuid: $(field uuid "$1")"
    echo "hostname: $(field hostname "$1")"
    echo "availability-zone: $(field availability_zone "$1")"
    grep -o '"data" *: *"[^"]*"' "$1" | sed 's/^"data" *: *"/public-key: /; s/"$//'
}

from_drive() {
    echo '=== datasource: configdrive local ==='
    tell "$drive/openstack/latest/meta_data.json"
    called "$(field hostname "$drive/openstack/latest/meta_data.json")"
    [ -s "$drive/openstack/latest/user_data" ] && cp "$drive/openstack/latest/user_data" "$data"
}

from_service() {
    waited=0
    until reachable; do
        waited=$((waited + 1))
        [ $waited -lt 300 ] || exit 0
        sleep 0.2
    done
    echo "checking $base/instance-id"
    tries=1
    until id=$(get "$base/meta-data/instance-id") && [ -n "$id" ]; do
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
    echo "availability-zone: $(get "$base/meta-data/placement/availability-zone")"
    name=$(get "$base/meta-data/local-hostname")
    called "$name"
    echo "local-hostname: $name"
    echo "launch-index: $(get "$base/meta-data/ami-launch-index")"
    get "$base/meta-data/public-keys/" | while IFS='=' read -r index key || [ -n "$index" ]; do
        echo "public-key $key: $(get "$base/meta-data/public-keys/$index/openssh-key")"
    done
    if get "$service/openstack/latest/meta_data.json" > "$directory/meta_data.json"; then
        echo '=== datasource: openstack net ==='
        tell "$directory/meta_data.json"
    fi
    rm -f "$directory/meta_data.json"
    get "$base/user-data" > "$data" && [ -s "$data" ]
}

if [ -n "$drive" ]; then from_drive; else from_service; fi || {
    rm -f "$data"
    exit 0
}
echo '=== user data ==='
head -c 4096 "$data" | tr -cd '\11\12\40-\176'
echo
[ "$(head -c 2 "$data")" = '#!' ] && [ ! -e "$data.ran" ] || exit 0
: > "$data.ran"
sh "$run" "$data"
echo "=== user data ended with status $? ==="
