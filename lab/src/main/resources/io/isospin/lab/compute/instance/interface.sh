# What the scripts share that give an instance an interface; to be read in with ".".

# bridge NAME: sees to it that there is this bridge, and raises it.
bridge() {
    # The agent may make the bridge at the same moment; either's will do.
    if [ ! -e "/sys/class/net/$1" ]; then
        ip link add "$1" type bridge stp_state 0 forward_delay 0 2>/dev/null || [ -e "/sys/class/net/$1" ]
    fi
    ip link set "$1" up
}

# plug NAME DEVICE TAP BRIDGE MAC MTU: makes the interface inside and its tap in the bridge of its network.
plug() {
    bridge "$4"
    ip link add "$3" mtu "$6" type veth peer name "$2" mtu "$6" address "$5" netns "$1"
    ip -n "$1" link set "$2" up
    ip link set "$3" master "$4" up
}

# process NAME PIDFILE: prints the number of the instance's first process, where it lives.
process() {
    [ -s "$2" ] || return 0
    read -r number < "$2"
    # The number may be another process's by now.
    if grep -q "$1" "/proc/$number/cmdline" 2>/dev/null; then
        echo "$number"
    fi
}

# look NAME PIDFILE: has the instance look at its interfaces again.
look() {
    number=$(process "$1" "$2")
    [ -z "$number" ] || kill -USR1 "$number" 2>/dev/null || [ ! -d "/proc/$number" ]
}
