# Finding a JDK of at least 25.

JDK_LEAST=25
JDK_PACKAGE=openjdk-25-jdk-headless

# Says whether the JDK at $1 is new enough, by its release file, which costs no start of a virtual machine.
jdk_fits() {
    local version
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ -n "$version" ] && [ "$version" -ge "$JDK_LEAST" ]
}

find_jdk() {
    local candidate java
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
        if [ -n "$candidate" ] && jdk_fits "$candidate"; then
            JAVA_HOME=$candidate
            return 0
        fi
    done
    if java=$(command -v java); then
        candidate=$(dirname "$(dirname "$(readlink -f "$java")")")
        if jdk_fits "$candidate"; then
            JAVA_HOME=$candidate
            return 0
        fi
    fi
    return 1
}

# Sets JAVA_HOME and JAVA_COMMAND; installs Debian's JDK where there is none and Debian has one.
need_jdk() {
    local yes=$1
    if ! find_jdk; then
        if [ -n "$(apt-cache madison "$JDK_PACKAGE" 2> /dev/null)" ]; then
            [ -n "${AS_ROOT+set}" ] || become_root
            need_packages "$yes" "$JDK_PACKAGE"
        fi
        find_jdk || fail "There is no JDK of at least $JDK_LEAST. Install one (Debian 13 and later: $JDK_PACKAGE; any" \
            'other system: https://adoptium.net), and set JAVA_HOME where it does not lie in /usr/lib/jvm.'
    fi
    export JAVA_HOME
    JAVA_COMMAND=("$JAVA_HOME/bin/java")
}
