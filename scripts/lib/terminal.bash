# Saying what happens, and being root where that is needed.

say() {
    echo "$*"
}

fail() {
    echo "isospin: $*" >&2
    exit 1
}

# step TEXT COMMAND...: runs the command and says how long it took.
step() {
    local text=$1 begin=$EPOCHREALTIME end
    shift
    printf '  %s...' "$text"
    if "$@"; then
        end=$EPOCHREALTIME
        awk -v b="${begin/,/.}" -v e="${end/,/.}" 'BEGIN { printf " %.1f s\n", e - b }'
    else
        echo
        return 1
    fi
}

# Sets AS_ROOT to the words that run a command as root: none where this is root already.
become_root() {
    AS_ROOT=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo > /dev/null ||
            fail 'This needs root, for it makes network namespaces and devices. There is no sudo here, so start it as root.'
        AS_ROOT=(sudo)
        sudo -v
    fi
}
