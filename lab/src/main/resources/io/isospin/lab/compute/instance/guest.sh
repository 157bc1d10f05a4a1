#!/bin/sh
# What runs in an instance: process 1 of its process namespace. It asks for an address on each interface and goes on
# renewing it; all that it says is the instance's console.
#   guest.sh NAME HOSTNAME HOST DIRECTORY
name=$1
hostname=$2
host=$3
directory=$4
scripts=${0%/*}

# Until /proc is mounted anew it is the host's, under whose number for this process it can be killed.
read -r pid rest < /proc/self/stat
echo "$pid" > "$directory/pid"
mount -t proc proc /proc
hostname "$hostname"
stop() { kill 0; exit 0; }
trap stop TERM

echo "Booting $hostname ($name) on $host, $(uname -s) $(uname -r) $(uname -m)"
echo "Starting network..."
for device in /sys/class/net/eth*; do
    [ -e "$device" ] || continue
    device=${device##*/}
    busybox udhcpc -f -i "$device" -s "$scripts/dhcp.sh" -x "hostname:$hostname" \
        -O mtu -O staticroutes -O search -t 4 -T 1 -A 2 &
done
sh "$scripts/metadata.sh" "$directory" &

while :; do
    wait
    sleep 2147483 &
done
