#!/bin/sh
# The first process of a host: makes the host's own view of the machine, and lives as long as the host does. All that
# runs in the host dies with it, for it is process 1 of the host's process namespace.
#   holder.sh HOSTNAME ETC PIDFILE
set -e
hostname=$1
etc=$2
pidfile=$3

# Until /proc is mounted anew it is that of the world outside, which knows this process by another number.
read -r pid rest < /proc/self/stat

hostname "$hostname"
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run/netns

# The machine's /etc with the host's own files over it.
mount -t tmpfs tmpfs "${pidfile%/*}/$hostname"
mkdir "${pidfile%/*}/$hostname/over" "${pidfile%/*}/$hostname/work"
mount -t overlay -o "lowerdir=/etc,upperdir=${pidfile%/*}/$hostname/over,workdir=${pidfile%/*}/$hostname/work" overlay /etc
mkdir -p /etc/neutron /etc/netns
mount --bind "$etc/neutron" /etc/neutron
cp "$etc/hosts" "$etc/hostname" /etc/

echo "$pid" > "$pidfile.new"
mv "$pidfile.new" "$pidfile"

# The shell reaps what its children leave behind, as process 1 must.
trap 'exit 0' TERM
set +e
while :; do
    sleep 2147483 &
    wait $!
done
