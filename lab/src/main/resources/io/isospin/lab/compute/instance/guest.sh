#!/bin/sh
# What runs in an instance: process 1 of its process namespace. It asks for an address on each interface and goes on
# renewing it; all that it says is the instance's console. Processes are what a boot costs, so the shell does what it
# can by itself.
#   guest.sh NAME HOSTNAME HOST DIRECTORY
name=$1
hostname=$2
host=$3
directory=$4
scripts=${0%/*}

echo "$hostname" > /proc/sys/kernel/hostname
stop() { kill 0; exit 0; }
trap stop TERM

echo "Booting $hostname ($name) on $host, $(uname -srm)"
echo "Starting network..."
# Each interface has a DHCP client, from when it is plugged until it goes: clients is DEVICE:PROCESS for each.
clients=
look() {
    left=
    for client in $clients; do
        if [ -e "/sys/class/net/${client%:*}" ]; then
            left="$left $client"
        else
            echo "${client%:*}: gone"
            kill "${client#*:}" 2> /dev/null
        fi
    done
    clients=$left
    for device in /sys/class/net/eth*; do
        [ -e "$device" ] || continue
        device=${device##*/}
        case "$clients " in *" $device:"*) continue ;; esac
        # For dhcp.sh: this ip takes many changes at once, and here is who waits for a lease.
        IP_BATCH=1 LEASED='kill -USR2 1' busybox udhcpc -f -i "$device" -s "$scripts/dhcp.sh" -x "hostname:$hostname" \
            -O mtu -O staticroutes -O search -t 4 -T 1 -A 2 &
        clients="$clients $device:$!"
    done
}
# With the first lease there may be a way to the metadata service.
identified=
identify() {
    [ -z "$identified" ] || return 0
    identified=1
    sh "$scripts/metadata.sh" "$directory" "$scripts/confined.sh" &
}
trap identify USR2
# Sent by who plugs or unplugs an interface while this runs.
trap look USR1
look

# A signal ends a wait early, while there is still something to wait for.
while :; do
    if wait; then sleep 2147483 & fi
done
