# shellcheck shell=sh disable=SC2154 # me and root come from whoever sources this
# Gets this machine and the build tree ready. Sourced by ./bwcheck and ./test, which set
#   me    the name to speak under
#   root  the top of the source tree
# Everything said here goes to stderr: stdout belongs to the program that is started afterwards.
# Whatever stops the program from being built ends with status 6.

unset CDPATH
package_list=$root/cmake/debian-packages.txt
builds=${BWCHECK_BUILD_DIR:-$root/build} # one directory per preset below it
case $builds in
/*) ;;
*) builds=$PWD/$builds ;;
esac

say() { printf '%s: %s\n' "$me" "$*" >&2; }
die() {
    say "$@"
    exit 6
}

# packages_in FILE: its package names, without comments.
packages_in() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$1"; }

# missing_packages NAME...: those that dpkg does not have fully installed.
missing_packages() {
    present=" $(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null |
        sed -n 's/^ii *//p' | tr '\n' ' ')"
    for package in "$@"; do
        case $present in
        *" $package "*) ;;
        *) echo "$package" ;;
        esac
    done
}

# apt ARGUMENT...: apt-get as root, never asking, patient with another apt that holds the lock.
apt() {
    set -- env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"
    if [ "$(id -u)" -ne 0 ]; then
        set -- sudo "$@"
    fi
    "$@" >&2 </dev/null
}

# install_packages FILE: makes sure that what it lists is installed.
install_packages() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        if command -v cmake >/dev/null 2>&1 && command -v ninja >/dev/null 2>&1; then
            say "not a Debian system: trusting that what $1 lists is here under other names"
            return
        fi
        die "not a Debian system: install what $1 lists, then run this again"
    fi
    # shellcheck disable=SC2046 # a package name is one word
    missing=$(missing_packages $(packages_in "$1") | tr '\n' ' ')
    missing=${missing% }
    [ -n "$missing" ] || return 0

    say "missing Debian packages: $missing"
    command -v apt-get >/dev/null 2>&1 || die "there is no apt-get to install them with"
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
        die "not root and no sudo; as root run: apt-get install $missing"
    fi
    say "installing them with apt-get"
    apt update || say "apt-get update failed, going on with the package lists at hand"
    # shellcheck disable=SC2086
    apt install --no-install-recommends $missing || die "apt-get could not install: $missing"
}

# configured: was $build configured from this very tree (and not copied or moved along with it)?
configured() {
    [ -f "$build/build.ninja" ] && [ -f "$build/.source" ] &&
        IFS= read -r source <"$build/.source" && [ "$source" = "$root" ]
}

# up_to_date TARGET...
up_to_date() { [ "$(cd "$build" && ninja -n "$@" 2>/dev/null)" = "ninja: no work to do." ]; }

# A tool or library may have been removed since the list was last checked: check it again next time.
give_up() {
    rm -f "$builds/.debian-packages"
    die "$@"
}

configure() {
    rm -f "$build/.source"
    (cd "$root" && cmake --fresh --preset "$preset" -B "$build") >&2 </dev/null || give_up "configuring $build failed"
    printf '%s\n' "$root" >"$build/.source"
}

# prepare PRESET TARGET...: installs, configures and builds as far as needed; sets $build.
# Costs a few milliseconds when nothing has changed.
prepare() {
    preset=$1
    shift
    build=$builds/$preset
    [ -d "$build" ] || mkdir -p "$build" || die "cannot make $build"
    [ -w "$builds" ] || die "cannot write to $builds"

    # One at a time: the second to come finds everything done.
    exec 9>"$builds/.lock"
    flock -n 9 || {
        say "waiting for another build in $builds"
        flock 9
    }
    if ! cmp -s "$package_list" "$builds/.debian-packages"; then
        install_packages "$package_list"
        cp "$package_list" "$builds/.debian-packages"
    fi
    configured || configure
    if ! up_to_date "$@"; then
        say "building in $build"
        (cd "$build" && ninja "$@") >&2 </dev/null || give_up "the build failed"
    fi
    exec 9>&-
}
