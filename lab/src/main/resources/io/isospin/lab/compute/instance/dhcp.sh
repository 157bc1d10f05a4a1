#!/bin/sh
# What udhcpc calls when a lease comes, changes or goes: $1 says which, the lease is in the environment.
# shellcheck disable=SC2154
metric=$((100 + ${interface#eth}))

# Changes of addresses, routes and links are gathered and then made: by one ip where that can take many (IP_BATCH).
changes=
told=
change() { changes="$changes$*
"; }
tell() { told="$told$interface: $*
"; }
make() {
    if [ -n "$IP_BATCH" ]; then
        ip -4 -force -batch - << END
$changes
END
    else
        printf %s "$changes" | while read -r words; do
            # shellcheck disable=SC2086
            ip -4 $words
        done
    fi
    changes=
}

route() {
    # The metric marks what came by DHCP, so that a renewal can replace just that.
    change route replace "$@" dev "$interface" proto 16 metric $metric
    tell "route $*"
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

# has ADDRESS: whether the interface has it already. A new lease's was flushed with all others.
has() { [ "$event" = renew ] && ip -4 -o addr show dev "$interface" | grep -q " $1 "; }

configure() {
    [ -z "$mtu" ] || change link set dev "$interface" mtu "$mtu"
    if ! has "$ip/$mask"; then
        change addr flush dev "$interface"
        change addr add "$ip/$mask" broadcast + dev "$interface"
    fi
    [ "$event" != renew ] || forget
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
    make
    read -r now < "/sys/class/net/$interface/mtu"
    echo "$interface: $ip/$mask, MTU $now, leased for $lease s by $serverid"
    resolv=
    if [ -n "$search$domain" ]; then
        resolv="search ${search:-$domain}
"
    fi
    for server in $dns; do
        resolv="${resolv}nameserver $server
"
        tell "nameserver $server"
    done
    printf %s "$resolv" > /etc/resolv.conf
    printf %s "$told"
    [ -z "$LEASED" ] || $LEASED
}

event=$1
case $event in
    deconfig)
        change link set dev "$interface" up
        change addr flush dev "$interface"
        make
        ;;
    bound | renew) configure ;;
    leasefail) echo "$interface: no lease yet" ;;
    nak) echo "$interface: the server refused: $message" ;;
esac
