#!/bin/sh
# What udhcpc calls when a lease comes, changes or goes: $1 says which, the lease is in the environment.
# shellcheck disable=SC2154
metric=$((100 + ${interface#eth}))

route() {
    # The metric marks what came by DHCP, so that a renewal can replace just that.
    ip route replace "$@" dev "$interface" proto 16 metric $metric && echo "$interface: route $*"
}

# Takes those of the lease before away. Busybox's "route flush" takes the subnet's own with them, whatever it is told.
forget() {
    ip -4 route show dev "$interface" | grep " metric $metric" | while read -r destination _; do
        ip -4 route del "$destination" dev "$interface" metric $metric
    done
}

classless() {
    while [ $# -ge 2 ]; do
        case $2 in
            0.0.0.0) route "$1" scope link ;;
            *) route "$1" via "$2" onlink ;;
        esac
        shift 2
    done
}

configure() {
    if [ -n "$mtu" ]; then
        ip link set "$interface" mtu "$mtu"
    fi
    if ! ip -4 -o addr show dev "$interface" | grep -q " $ip/$mask "; then
        ip -4 addr flush dev "$interface"
        ip addr add "$ip/$mask" broadcast + dev "$interface"
    fi
    echo "$interface: $ip/$mask, MTU $(cat "/sys/class/net/$interface/mtu"), leased for $lease s by $serverid"
    forget
    # Where there are classless routes, the default route is among them and the router counts for nothing: RFC 3442.
    if [ -n "$staticroutes" ]; then
        # shellcheck disable=SC2086
        classless $staticroutes
    else
        for gateway in $router; do
            route default via "$gateway" onlink
            break
        done
    fi
    resolv=
    if [ -n "$search$domain" ]; then
        resolv="search ${search:-$domain}
"
    fi
    for server in $dns; do
        resolv="${resolv}nameserver $server
"
        echo "$interface: nameserver $server"
    done
    printf %s "$resolv" > /etc/resolv.conf
}

case $1 in
    deconfig)
        ip link set "$interface" up
        ip -4 addr flush dev "$interface"
        ;;
    bound | renew) configure ;;
    leasefail) echo "$interface: no lease yet" ;;
    nak) echo "$interface: the server refused: $message" ;;
esac
