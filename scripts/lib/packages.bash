# Installing what is missing of Debian.

LAB_PACKAGES=(
    util-linux iproute2 procps            # namespaces, and looking into them
    dnsmasq-base iptables ipset           # what the agents run
    busybox-static iputils-ping tcpdump   # instances, and looking at them
    python3-neutronclient python3-openstackclient python3-novaclient
)

# shellcheck disable=SC2034  # used by ./check
TEST_PACKAGES=(
    mariadb-server-core mariadb-client-core openssl   # databases of the tests' own; no service comes with these
    python3-keystone                                  # a Keystone of the tests' own, without its service
    chromium chromium-driver fonts-nanum              # a browser for the dashboard, which can show Korean
)

# What guests of image cirros-qemu need beside those: for whoever wants them, as most labs do without.
# shellcheck disable=SC2034  # used by ./isospin and ./check
QEMU_PACKAGES=(qemu-system-x86)

missing_packages() {
    local package
    for package in "$@"; do
        case $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2> /dev/null) in
            installed) ;;
            *) echo "$package" ;;
        esac
    done
}

# need_packages YES PACKAGE...: installs those that are missing; asks first, unless YES is not empty.
need_packages() {
    local yes=$1 missing answer
    shift
    if ! command -v dpkg-query > /dev/null; then
        say "This is no Debian: see to it yourself that there is what these packages hold: $*"
        return 0
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ -z "$yes" ]; then
        [ -t 0 ] || fail "These Debian packages are missing: ${missing[*]}." \
            "Install them with \"apt-get install ${missing[*]}\", or let --yes do it."
        read -r -p "These Debian packages are missing: ${missing[*]}. Install them? [Y/n] " answer
        case $answer in
            '' | y | Y | yes) ;;
            *) fail 'Nothing was installed.' ;;
        esac
    fi
    step "Installing ${missing[*]}" install_packages "${missing[@]}" ||
        fail "apt-get could not install ${missing[*]}; the end of what it says is above."
}

install_packages() {
    local log status=0
    log=$(mktemp)
    {
        apt_get install "$@" || { apt_get update && apt_get install "$@"; }
    } > "$log" 2>&1 || status=$?
    [ $status -eq 0 ] || { echo && tail -n 15 "$log"; }
    rm -f "$log"
    return $status
}

apt_get() {
    "${AS_ROOT[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --yes --no-install-recommends "$@"
}
