#!/bin/sh
# Puts the downloader into a folder, complete: yt-dlp, the JavaScript runtime that YouTube needs (deno), and the
# solver's library, so that nothing is fetched when a job runs. The Dockerfile and `make local` use it alike.
#
#   install-downloader.sh TARGET_DIR
#   install-downloader.sh --check TARGET_DIR   installs nothing; fails when something is missing
#
#   TARGET_DIR/bin/yt-dlp   runs Debian's yt-dlp (trixie-backports) with this machine's python3 and pycryptodome, for AES-128
#   TARGET_DIR/bin/deno     links to the binary of the npm package `deno`
#   TARGET_DIR/deno         DENO_DIR: what the solver imports, fetched once from the npm registry
#
# Needs: npm ci done, python3 (3.11 or newer), apt-get and dpkg-deb. Needs no root. Quick when all is there already.
set -eu

OLDEST=2026.07.04
SUITE=trixie-backports

say() { printf 'downloader: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

check=
if [ "${1:-}" = --check ]; then check=yes; shift; fi
[ $# -eq 1 ] || { sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 64; }
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
. "$root/ops/debian-suite.sh"
[ -n "$check" ] || mkdir -p "$1/bin"
target=$(readlink -m "$1")
packages=$target/yt-dlp/usr/lib/python3/dist-packages
export DENO_DIR="$target/deno" DENO_NO_UPDATE_CHECK=1 NO_COLOR=1
export DENO_TLS_CA_STORE=mozilla,system # a company's certificates count too

is_new_enough() { # VERSION: dates sort as text
  [ "$(printf '%s\n' "$OLDEST" "$1" | sort | head -n 1)" = "$OLDEST" ]
}

fetch_yt_dlp() {
  say "fetching yt-dlp from $mirror $SUITE"
  download_from_suite "$mirror" "$SUITE" '' yt-dlp || fail 'yt-dlp could not be fetched'
  download_from_suite "$mirror" "$(. /etc/os-release && echo "$VERSION_CODENAME")" '' python3-pycryptodome ||
    fail 'pycryptodome could not be fetched'
  rm -rf "$target/yt-dlp"
  dpkg-deb -x "$scratch"/yt-dlp_*.deb "$target/yt-dlp"
  dpkg-deb -x "$scratch"/python3-pycryptodome_*.deb "$target/yt-dlp"
  python3 -m compileall -q "$packages" # a start takes 0.4 s with byte code, 0.8 s without
  # -P and -s: no module of the working directory or of a home is taken for one of yt-dlp's
  cat > "$target/bin/yt-dlp" <<'WRAPPER'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
PYTHONPATH="$here/../yt-dlp/usr/lib/python3/dist-packages" exec python3 -s -P -m yt_dlp "$@"
WRAPPER
  chmod 755 "$target/bin/yt-dlp"
}

# Where there is no Debian archive, the person's own yt-dlp serves, if it brings the solver (the official releases do).
link_own_yt_dlp() {
  own=$(command -v yt-dlp) || fail "yt-dlp is missing: install $OLDEST or newer, with yt-dlp-ejs"
  is_new_enough "$("$own" --version)" || fail "$own is older than $OLDEST"
  "$own" --ignore-config -v 2>&1 | grep -q 'yt_dlp_ejs' || fail "$own lacks the YouTube solver (yt-dlp-ejs)"
  has_aes "$own" || fail "$own lacks pycryptodomex"
  ln -sf "$own" "$target/bin/yt-dlp"
}

link_deno() {
  case $(uname -m) in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) fail "no deno for $(uname -m)" ;;
  esac
  deno=$root/node_modules/@deno/linux-$arch-glibc/deno
  [ -x "$deno" ] || fail "$deno is missing: run npm ci first"
  ln -sfr "$deno" "$target/bin/deno"
}

# The very command with which yt-dlp runs the solver (extractor/youtube/jsc/_builtin/deno.py), on the import part alone.
import_solver() { # MORE-DENO-OPTIONS...
  "$target/bin/deno" run --ext=js --no-code-cache --no-prompt --no-remote --no-lock --node-modules-dir=none --no-config \
    "$@" - < "$packages/yt_dlp/extractor/youtube/jsc/_builtin/vendor/yt.solver.deno.lib.js"
}

has_yt_dlp() {
  version=$("$target/bin/yt-dlp" --version 2>/dev/null) && is_new_enough "$version" && has_aes "$target/bin/yt-dlp"
}
# Without it yt-dlp decrypts a thousand times slower, or would have ffmpeg do it.
has_aes() { "$1" --ignore-config -v 2>&1 | grep -q 'Optional libraries:.*Cryptodome'; }
has_solver() { [ ! -d "$packages" ] || import_solver --cached-only 2>/dev/null; }

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail 'python3 3.11 or newer is needed'
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

[ -n "$check" ] || link_deno
if ! has_yt_dlp; then
  [ -z "$check" ] || fail "yt-dlp $OLDEST or newer is not in $target"
  mirror=$(debian_mirror) || mirror=
  if [ -n "$mirror" ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then fetch_yt_dlp; else link_own_yt_dlp; fi
  has_yt_dlp || fail "yt-dlp does not run, or is older than $OLDEST"
fi
if ! has_solver; then
  [ -z "$check" ] || fail 'the solver is not complete'
  say 'fetching the solver'
  import_solver --quiet
  has_solver || fail 'the solver is not complete'
fi
say "yt-dlp $version, $("$target/bin/deno" --version | head -n 1), solver complete"
