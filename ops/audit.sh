#!/bin/sh
# Asks for known vulnerabilities of what runs: in npm packages (npm audit), in the signatures of the registry (npm audit
# signatures), and in the packages of Debian in the images (debsecan).
#
#   audit.sh
#
# Exit code 0: asked, and none is known. 1: some are. 69: a question got no answer, and no other found any: that is not a yes.
set -u
cd "$(dirname "$0")/.." || exit 69
. ops/setting.sh

found=0
unanswered=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The exit code of npm is 1 for a vulnerability and for a registry that does not answer: its JSON tells them apart.
npm_question() { # NAME PATTERN-OF-AN-ANSWER COMMAND...
  name=$1 answer=$2
  shift 2
  printf '\n== %s\n' "$name"
  "$@" --json > "$scratch/answer" 2>"$scratch/errors" && status=0 || status=$?
  if ! grep -q "$answer" "$scratch/answer"; then
    echo "$name: NOT CHECKED, the registry gives no answer to this question:"
    tail -n 3 "$scratch/errors"
    unanswered=1
  elif [ "$status" -ne 0 ]; then
    "$@" || :
    found=1
  else
    echo 'nothing known'
  fi
}

# Only vulnerabilities that Debian has fixed count: for the others, nothing can be installed.
debian_question() { # IMAGE
  printf '\n== packages of Debian in %s\n' "$1"
  docker run --rm --network none --entrypoint cat "$1" /var/lib/dpkg/status > "$scratch/status" 2>/dev/null &&
    suite=$(docker run --rm --network none --entrypoint sh "$1" -c '. /etc/os-release && echo "$VERSION_CODENAME"') || {
    echo 'NOT CHECKED: the image is not here; make up builds it'
    unanswered=1
    return
  }
  source=$(setting DEBSECAN_SOURCE '')
  if ! debsecan --suite "$suite" --only-fixed --format packages --status "$scratch/status" ${source:+--source "$source"} \
    > "$scratch/answer" 2>"$scratch/errors"; then
    echo 'NOT CHECKED: the list of vulnerabilities of Debian cannot be had:'
    tail -n 1 "$scratch/errors"
    unanswered=1
  elif [ -s "$scratch/answer" ]; then
    echo 'fixed versions exist; rebuild with docker compose build --no-cache --pull, then make up:'
    cat "$scratch/answer"
    found=1
  else
    echo 'nothing known that is fixed'
  fi
}

npm_question 'known vulnerabilities of npm packages' '"metadata"' npm audit --omit=dev
npm_question 'signatures of the npm registry' '"invalid"' npm audit signatures
if ! command -v docker >/dev/null || ! command -v debsecan >/dev/null; then
  printf '\n== packages of Debian in the images\nNOT CHECKED: this needs docker and debsecan (apt-get install debsecan)\n'
  unanswered=1
else
  for image in yt-app egress icecast nginx ddns certbot bot; do debian_question "linkcast/$image"; done
fi

[ "$found" -eq 0 ] || exit 1
[ "$unanswered" -eq 0 ] || exit 69
