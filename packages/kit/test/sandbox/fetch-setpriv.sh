#!/bin/sh
# Puts Debian 13's setpriv (it has Landlock, Debian 12's has not) into a folder, with the libraries that it needs.
#
#   fetch-setpriv.sh FOLDER    FOLDER/bin/setpriv runs it
set -eu

. "$(dirname "$0")/../../../../ops/debian-suite.sh"
folder=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mirror=$(debian_mirror) || { echo 'apt names no Debian mirror' >&2; exit 1; }
download_from_suite "$mirror" trixie '' util-linux libc6 libcap-ng0
for package in "$scratch"/*.deb; do dpkg-deb -x "$package" "$folder/root"; done

mkdir "$folder/bin"
cat > "$folder/bin/setpriv" <<'WRAPPER'
#!/bin/sh
root=${0%/bin/setpriv}/root
for loader in "$root"/usr/lib*/ld-linux-*.so.* "$root"/usr/lib/*/ld-linux-*.so.*; do [ ! -e "$loader" ] || break; done
for libraries in "$root"/usr/lib/*-linux-gnu; do :; done
exec "$loader" --library-path "$libraries" "$root/usr/bin/setpriv" "$@"
WRAPPER
chmod 755 "$folder/bin/setpriv"
