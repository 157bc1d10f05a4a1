# Building, where sources are newer than what was built, and the words that start what was.

LIB=$ROOT/target/dist/lib
STAMP=$ROOT/target/dist/built

# The first source that is newer than the build; a directory's time tells of what was removed from it.
newer_source() {
    [ -e "$STAMP" ] || { echo nothing-is-built && return; }
    find "$ROOT"/pom.xml "$ROOT"/*/pom.xml "$ROOT"/*/src/main "$ROOT"/scripts/aot "$ROOT"/scripts/jvm \
        -newer "$STAMP" -print -quit 2> /dev/null
}

# build_if_needed YES: as the user who asks, never as root for them.
build_if_needed() {
    [ -n "$(newer_source)" ] || return 0
    command -v mvn > /dev/null || {
        [ -n "${AS_ROOT+set}" ] || become_root
        need_packages "$1" maven
    }
    mkdir -p "$ROOT/target"
    exec {lock}> "$ROOT/target/build.lock"
    flock "$lock"
    # Another may have built while this one waited.
    if [ -n "$(newer_source)" ]; then
        step 'Building (a minute or two the first time)' build || {
            tail -n 30 "$ROOT/target/build.log" >&2
            fail "The build failed; all of what it says is in $ROOT/target/build.log."
        }
    fi
    exec {lock}>&-
}

build() {
    local begun
    begun=$(mktemp)
    if (cd "$ROOT" && mvn --quiet --batch-mode -Dmaven.test.skip=true package) > "$ROOT/target/build.log" 2>&1; then
        # As of its beginning: what changed meanwhile is not in it.
        mkdir -p "$ROOT/target/dist"
        touch --reference="$begun" "$STAMP"
        rm -f "$begun"
    else
        rm -f "$begun"
        return 1
    fi
}

# Sets PROGRAM to the arguments with which java starts isospin-$1.
program() {
    local name=$1 jar
    jar=$(compgen -G "$LIB/isospin-$name-*.jar" | head -n 1) ||
        fail "There is no $LIB/isospin-$name-….jar; remove $STAMP to build anew."
    PROGRAM=()
    if [ -e "$ROOT/scripts/jvm/$name.args" ]; then
        PROGRAM+=("@$ROOT/scripts/jvm/$name.args")
    fi
    if [ -e "$ROOT/target/dist/$name.aot" ]; then
        PROGRAM+=("-XX:AOTCache=$ROOT/target/dist/$name.aot")
    fi
    PROGRAM+=(-jar "$jar")
}
