# The words that the chapter's steps use beside the clients' own.

# on HOST COMMAND...: on a host of the lab.
on() {
    "$ISOSPIN" shell "$@"
}

# try COMMAND [SECONDS]: until it works, for ten seconds at the most or as many as are named.
try() {
    local most=${2:-10} output
    local end=$((SECONDS + most))
    while ! output=$(eval "$1" 2>&1); do
        if [ $SECONDS -ge $end ]; then
            echo "$output"
            echo "This did not come about within $most seconds: $1"
            return 1
        fi
        sleep 0.1
    done
    echo "$output"
}

# namespace_of NAME: where an instance lives on its host; asked for once.
namespace_of() {
    local known=$FOLDER/namespace-$1
    [ -s "$known" ] || openstack server show "$1" -f value -c OS-EXT-SRV-ATTR:instance_name > "$known"
    cat "$known"
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
    local ids id
    ids=$(openstack server list --all-projects -f value -c ID -c Name | awk '$2 ~ /^My(Flat|VLAN|VXLAN|Guest)[12]$|^MyOther$/ {print $1}')
    [ -z "$ids" ] || openstack server delete --wait $ids
    openstack network list -f value -c ID -c Name |
        awk '$2 ~ /^My(Flat|VLAN|User|Pool|VXLAN)Network2?$|^Twin$|^Common$/ {print $1}' |
        while read -r id; do
            openstack port list --network "$id" -f value -c ID -c device_owner | awk '$2 !~ /^network:/ {print $1}' |
                xargs --no-run-if-empty openstack port delete
            openstack network delete "$id"
        done
}
