# The words that the chapter's steps use beside the clients' own.

# on HOST COMMAND...: on a host of the lab.
on() {
    "$ISOSPIN" shell "$@"
}

# try COMMAND: until it works, for ten seconds at the most.
try() {
    local end=$((SECONDS + 10)) output
    while ! output=$(eval "$1" 2>&1); do
        if [ $SECONDS -ge $end ]; then
            echo "$output"
            echo "This did not come about within ten seconds: $1"
            return 1
        fi
        sleep 0.1
    done
    echo "$output"
}

# namespace_of NAME: where an instance lives on its host.
namespace_of() {
    openstack server show "$1" -f value -c OS-EXT-SRV-ATTR:instance_name
}

# address_of NAME: an instance's first address.
address_of() {
    local id
    id=$(openstack server show "$1" -f value -c id)
    neutron port-list --device_id "$id" -f json -c fixed_ips | grep -oE '[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+' | head -n 1
}

# inside HOST NAME COMMAND...: in an instance.
inside() {
    local host=$1 name=$2
    shift 2
    on "$host" ip netns exec "$(namespace_of "$name")" "$@"
}

# capture HOST NAMESPACE FILTER COUNT COMMAND: what passes in a namespace while a command runs.
capture() {
    listen "$1" "$3" "$4" "$5" ip netns exec "$2" tcpdump -i any -n -v -l
}

# capture_frames HOST DEVICE FILTER COUNT COMMAND: what passes a host's device, with its tags.
capture_frames() {
    listen "$1" "$3" "$4" "$5" tcpdump -i "$2" -n -e -l
}

listen() {
    local host=$1 filter=$2 count=$3 command=$4 log status=0 pid
    shift 4
    log=$(mktemp)
    on "$host" timeout 60 "$@" -c "$count" "$filter" > "$log" 2>&1 &
    pid=$!
    try "grep -q 'listening on' $log" > /dev/null || status=1
    eval "$command" || status=1
    wait "$pid" || status=1
    cat "$log"
    rm -f "$log"
    return $status
}

# forget: what the chapter made goes.
forget() {
    local name id
    for name in MyFlat1 MyFlat2 MyVLAN1 MyVLAN2 MyVXLAN1 MyVXLAN2 MyOther; do
        for id in $(openstack server list --all-projects --name "^$name\$" -f value -c ID); do
            openstack server delete --wait "$id"
        done
    done
    for name in MyFlatNetwork MyVLANNetwork MyVLANNetwork2 MyUserNetwork MyPoolNetwork MyVXLANNetwork Twin Common; do
        for id in $(openstack network list --name "$name" -f value -c ID); do
            openstack port list --network "$id" -f value -c ID -c device_owner | awk '$2 !~ /^network:/ {print $1}' |
                xargs --no-run-if-empty openstack port delete
            openstack network delete "$id"
        done
    done
}
