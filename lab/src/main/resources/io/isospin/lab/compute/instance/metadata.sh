#!/bin/sh
# Finds out who this instance is, and says so on the console as CirrOS does: from a config drive, or from the metadata
# service once there is a way to it. User data that is a script is run, once.
#   metadata.sh DIRECTORY RUN [DRIVE]
# RUN FILE runs user data; DRIVE is where a config drive is mounted. What the service says is kept in DIRECTORY. The
# shell reads it by itself, as processes are what a boot costs.
directory=$1
run=$2
drive=$3
service=http://169.254.169.254
base=$service/2009-04-04
data=$directory/user-data
most=20

# load URL…: each into a file of its name. Not wget's own -T, with which Debian 12's busybox dies.
load() {
    for url in "$@"; do
        file=${url##*/}
        # One that is there already would not be written.
        [ ! -e "$directory/${file:-index.html}" ] || rm -f "$directory/${file:-index.html}"
    done
    timeout 5 busybox wget -q -P "$directory" "$@" 2> /dev/null
}

# first FILE: leaves its first line in value.
first() {
    value=
    [ ! -s "$directory/$1" ] || read -r value < "$directory/$1" || :
}

up() { read -r seconds _ < /proc/uptime; }

# By the table of routes: a default one, or one to the service's address or its link.
reachable() {
    while read -r _ destination _; do
        case $destination in 00000000 | FEA9FEA9 | 0000FEA9) return 0 ;; esac
    done < /proc/net/route
    return 1
}

# document FILE: reads it, for field.
document() {
    document=
    while IFS= read -r line || [ -n "$line" ]; do document=$document$line; done < "$1"
}

# field NAME: leaves the first value of this name in value.
field() {
    value=
    case $document in
        *"\"$1\": \""*) value=${document#*"\"$1\": \""} ;;
        *"\"$1\":\""*) value=${document#*"\"$1\":\""} ;;
    esac
    value=${value%%\"*}
}

called() { [ -z "$1" ] || echo "${1%%.*}" > /proc/sys/kernel/hostname; }

# tell FILE: what OpenStack's meta_data.json says.
tell() {
    document "$1"
    field uuid
    echo "instance-uuid: $value"
    field availability_zone
    echo "availability-zone: $value"
    rest=$document
    while case $rest in *'"data"'*) ;; *) false ;; esac; do
        rest=${rest#*'"data"'}
        key=${rest#*\"}
        key=${key%%\"*}
        printf 'public-key: %s\n' "${key%'\n'}"
    done
    field hostname
    echo "hostname: $value"
}

from_drive() {
    echo '=== datasource: configdrive local ==='
    tell "$drive/openstack/latest/meta_data.json"
    called "$value"
    [ -s "$drive/openstack/latest/user_data" ] && cp "$drive/openstack/latest/user_data" "$data"
}

keys() {
    load "$base/meta-data/public-keys/" || return 0
    while IFS='=' read -r index key || [ -n "$index" ]; do
        load "$base/meta-data/public-keys/$index/openssh-key"
        first openssh-key
        echo "public-key $key: $value"
    done < "$directory/index.html"
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
    until load "$base/meta-data/instance-id" && first instance-id && [ -n "$value" ]; do
        up
        echo "failed $tries/$most: up $seconds. request failed"
        if [ $tries -ge $most ]; then
            echo "failed to read iid from metadata. tried $most"
            exit 0
        fi
        tries=$((tries + 1))
        sleep 1
    done
    up
    echo "successful after $tries/$most tries: up $seconds. iid=$value"
    echo '=== datasource: ec2 net ==='
    echo "instance-id: $value"
    # The last may not be there, at which wget gives up.
    load "$base/meta-data/placement/availability-zone" "$base/meta-data/local-hostname" \
        "$base/meta-data/ami-launch-index" "$service/openstack/latest/meta_data.json"
    first availability-zone
    echo "availability-zone: $value"
    first local-hostname
    called "$value"
    echo "local-hostname: $value"
    first ami-launch-index
    echo "launch-index: $value"
    document=
    [ ! -s "$directory/meta_data.json" ] || document "$directory/meta_data.json"
    # Where OpenStack's tree has no keys, EC2's has none.
    case $document in '' | *'"public_keys"'*) keys ;; esac
    if [ -n "$document" ]; then
        echo '=== datasource: openstack net ==='
        tell "$directory/meta_data.json"
    fi
    load "$base/user-data" && [ -s "$data" ]
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
