# shellcheck shell=sh
# To be sourced. Packages of another Debian suite, fetched without touching the machine's own package lists. The caller sets
# $scratch, a temporary folder that it removes.

# The first Debian archive that this machine's own apt uses (mirror, proxy and keys stay the owner's choice); fails on
# Ubuntu and others, whose apt names none.
debian_mirror() {
  {
    cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
      awk '/^Enabled:[ \t]*no/ { next } /^URIs:/ { for (i = 2; i <= NF; i++) print $i }'
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
      sed -n 's/^[ \t]*deb[ \t]\{1,\}\(\[[^]]*\][ \t]*\)\{0,1\}\([^ \t]*\).*/\2/p'
  } | grep -v '^cdrom:' | grep -v security | grep -m 1 '/debian/\{0,1\}$\|mirrors/debian\.list$'
}

# apt-get with a configuration of its own.
suite_apt() {
  apt-get -qq \
    -o Dir::Etc::SourceList="$scratch/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State="$scratch/state" -o Dir::State::Lists="$scratch/lists" -o Dir::State::status=/var/lib/dpkg/status \
    -o Dir::Cache="$scratch/cache" -o APT::Sandbox::User= -o Acquire::Retries=3 -o Debug::NoLocking=1 "$@"
}

# Leaves the packages as *.deb in $scratch. Fails when a signature does not hold, or something cannot be had.
download_from_suite() { # MIRROR SUITE SOURCE-OPTION PACKAGE...
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  if [ ! -r "$keyring" ]; then
    echo "$keyring is missing: install the package debian-archive-keyring" >&2
    return 1
  fi
  mkdir -p "$scratch/state" "$scratch/lists/partial" "$scratch/cache/archives/partial" || return 1
  printf 'deb [signed-by=%s %s] %s %s main\n' "$keyring" "$3" "$1" "$2" > "$scratch/sources.list"
  shift 3
  suite_apt update && (cd "$scratch" && suite_apt download "$@")
}
