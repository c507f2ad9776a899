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
. "$(dirname "$(readlink -f "$0")")/../ops/debian-suite.sh"
installed=$(command -v certbot) || fail 'install the package certbot first'
mkdir -p "$1/bin"
target=$(readlink -m "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fetch_certbot() {
  mirror=$(debian_mirror) || return 1
  say "fetching certbot from $mirror $SUITE"
  # A mirror that lags is no harm: the list is signed, and what is older than OLDEST is not taken
  # shellcheck disable=SC2086 # a list of names
  download_from_suite "$mirror" "$SUITE" check-valid-until=no $PACKAGES || return 1
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
