#!/bin/sh
# Installs from Debian or Ubuntu what the machine lacks; asks first when a person is there.
#
#   install-packages.sh node | local | test
#
# None of the packages' own services is started, now or at boot: our nginx, icecast and certbot have their own
# configuration. (certbot's cron job stays: it renews what is in /etc/letsencrypt, and ours is not there.)
set -eu
cd "$(dirname "$0")/.."
. ops/setting.sh
. ops/texts.sh

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

# Lines of: what must be there (a command, or a file), the Debian package that brings it.
NEEDED_node='
npm nodejs
npm npm
/etc/ssl/certs/ca-certificates.crt ca-certificates'
NEEDED_local="$NEEDED_node
ffmpeg ffmpeg
nginx nginx
icecast2 icecast2
ezstream ezstream
python3 python3
openssl openssl
gpgv gpgv
certbot certbot
setpriv util-linux"
# bubblewrap confines programs where setpriv cannot (docs/decisions/0010-sandbox.md).
setpriv --landlock-access=fs:execute --landlock-rule=path-beneath:execute:/ -- true 2>/dev/null || NEEDED_local="$NEEDED_local
bwrap bubblewrap"
# Ubuntu brings the keys of Debian's archive in a package, for yt-dlp's sake.
! command -v apt-get >/dev/null || NEEDED_local="$NEEDED_local
/usr/share/keyrings/debian-archive-keyring.gpg debian-archive-keyring"
NEEDED_test="$NEEDED_local
bwrap bubblewrap
chromium chromium
pebble pebble
pg_ctlcluster postgresql
testssl testssl.sh
dig bind9-dnsutils
faketime faketime
sshd openssh-server
proftpd proftpd-core
/usr/lib/proftpd/mod_tls.so proftpd-mod-crypto
wrk wrk
promtool prometheus"

is_there() { case $1 in /*) [ -e "$1" ] ;; *) command -v "$1" >/dev/null ;; esac; }

missing_packages() { # NEEDED
  printf '%s\n' "$1" | while read -r thing package; do
    [ -z "$thing" ] || is_there "$thing" || echo "$package"
  done
}

# Debian asks this program before it starts a service; 101 means no. One that is there already is put back.
forbid_service_starts() {
  policy=/usr/sbin/policy-rc.d
  [ ! -e "$policy" ] || mv "$policy" "$policy.before-linkcast"
  trap 'rm -f "$log" "$policy"; [ ! -e "$policy.before-linkcast" ] || mv "$policy.before-linkcast" "$policy"' EXIT
  trap 'exit 130' INT TERM
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod 755 "$policy"
}

install_as_root() { # PACKAGE...
  log=$(mktemp)
  forbid_service_starts
  if ! apt_get update > "$log" 2>&1 || ! apt_get install -y --no-install-recommends "$@" >> "$log" 2>&1; then
    cat "$log" >&2
    exit 1
  fi
  for package in "$@"; do # only those that were not there before
    # it complains about the one of systemd and SysV init that does not know the service
    case $package in
      nginx | icecast2 | postgresql | prometheus) update-rc.d "$package" disable 2>/dev/null || : ;;
      openssh-server) ! command -v systemctl >/dev/null || systemctl --quiet disable ssh.service ssh.socket || : ;;
      proftpd-core) update-rc.d proftpd disable 2>/dev/null || : ;;
      certbot) ! command -v systemctl >/dev/null || systemctl --quiet disable certbot.timer || : ;;
    esac
  done
}

apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 "$@"; }

may_install() { # PACKAGES: without a terminal nobody can be asked
  { [ -t 0 ] && [ -z "${CI:-}" ]; } || return 0
  text installQuestion "$1" >&2
  read -r answer
  case $answer in '' | [Yy]*) return 0 ;; *) return 1 ;; esac
}

if [ "${1:-}" = as-root ]; then
  shift
  install_as_root "$@"
  exit
fi

case ${1:-} in
  node) needed=$NEEDED_node ;;
  local) needed=$NEEDED_local ;;
  test) needed=$NEEDED_test ;;
  *) sed -n '2,6s/^# \{0,1\}//p' ops/install-packages.sh >&2; exit 64 ;;
esac
missing=$(missing_packages "$needed" | sort -u | tr '\n' ' ' | sed 's/ $//')
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "$(text packagesMissing "$missing")" >&2
  exit 1
fi
if ! may_install "$missing"; then
  echo "$(text nothingInstalled "$missing")" >&2
  exit 1
fi
echo "$(text installing "$missing")" >&2
# shellcheck disable=SC2086 # package names, one word each
if [ "$(id -u)" -eq 0 ]; then
  exec ops/install-packages.sh as-root $missing
elif command -v sudo >/dev/null; then
  exec sudo ops/install-packages.sh as-root $missing
else
  echo "$(text rootNeeded "$missing")" >&2
  exit 1
fi
