#!/bin/sh
# Puts a certbot into a folder that follows the renewal advice of the ACME server (ARI, certbot 4.1 and later), which a
# Debian stable may not have yet. For the image.
#
#   install-certbot.sh TARGET_DIR
#
#   TARGET_DIR/bin/certbot   runs Debian's certbot of the next release with this machine's python3 and libraries; where
#                            that cannot be had or does not run, a link to the certbot that is installed
#
# Needs: the packages certbot and debian-archive-keyring (the first for the libraries), apt-get and dpkg-deb.
set -eu

OLDEST=5.0.0
SUITE=forky
PACKAGES='python3-certbot python3-acme' # pure Python; what they need, the installed ones of Debian 13 fulfil

say() { printf 'certbot: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

[ $# -eq 1 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 64; }
installed=$(command -v certbot) || fail 'install the package certbot first'
mkdir -p "$1/bin"
target=$(readlink -m "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The first Debian archive that this machine's own apt uses: mirror, proxy and keys stay the owner's choice.
debian_mirror() {
  {
    cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
      awk '/^Enabled:[ \t]*no/ { next } /^URIs:/ { for (i = 2; i <= NF; i++) print $i }'
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
      sed -n 's/^[ \t]*deb[ \t]\{1,\}\(\[[^]]*\][ \t]*\)\{0,1\}\([^ \t]*\).*/\2/p'
  } | grep -v '^cdrom:' | grep -v security | grep -m 1 '/debian/\{0,1\}$\|mirrors/debian\.list$'
}

# apt-get with a configuration of its own, so that the machine's package lists stay as they are.
suite_apt() {
  apt-get -qq \
    -o Dir::Etc::SourceList="$scratch/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State="$scratch/state" -o Dir::State::Lists="$scratch/lists" -o Dir::State::status=/var/lib/dpkg/status \
    -o Dir::Cache="$scratch/cache" -o APT::Sandbox::User= -o Acquire::Retries=3 -o Debug::NoLocking=1 "$@"
}

fetch_certbot() {
  mirror=$(debian_mirror) || return 1
  mkdir -p "$scratch/state" "$scratch/lists/partial" "$scratch/cache/archives/partial"
  # A mirror that lags is no harm: the list is signed, and what is older than OLDEST is not taken
  printf 'deb [signed-by=%s check-valid-until=no] %s %s main\n' \
    /usr/share/keyrings/debian-archive-keyring.gpg "$mirror" "$SUITE" > "$scratch/sources.list"
  say "fetching certbot from $mirror $SUITE"
  suite_apt update || return 1
  # shellcheck disable=SC2086 # a list of names
  (cd "$scratch" && suite_apt download $PACKAGES) || return 1
  for package in "$scratch"/*.deb; do dpkg-deb -x "$package" "$scratch/root" || return 1; done
  rm -rf "$target/python"
  mv "$scratch/root/usr/lib/python3/dist-packages" "$target/python"
  python3 -m compileall -q "$target/python"
}

# -P and -s: no module of the working directory or of a home is taken for one of certbot's
write_wrapper() {
  cat > "$target/bin/certbot" <<'WRAPPER'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
PYTHONPATH="$here/../python" exec python3 -s -P -c 'import sys; from certbot.main import main; sys.argv[0] = "certbot"; sys.exit(main())' "$@"
WRAPPER
  chmod 755 "$target/bin/certbot"
}

version_of() { "$1" --version 2>/dev/null | sed -n 's/^certbot \([0-9.]*\).*/\1/p'; }

is_new_enough() { # VERSION
  [ -n "$1" ] && [ "$(printf '%s\n' "$OLDEST" "$1" | sort -V | head -n 1)" = "$OLDEST" ]
}

if ! is_new_enough "$(version_of "$installed")"; then
  if fetch_certbot; then write_wrapper; fi
fi
if ! is_new_enough "$(version_of "$target/bin/certbot")"; then
  rm -rf "$target/python"
  ln -sf "$installed" "$target/bin/certbot"
fi
say "certbot $(version_of "$target/bin/certbot")"
