#!/bin/sh
# Runs a program of a part with that part's settings: in its container when it runs in Docker, or else on this machine.
#
#   in-part.sh [--as-owner] PART PROGRAM [ARGUMENT...]   PROGRAM: a folder of the part that has a main file
#
#   --as-owner   gives the program the owner's API_TOKEN, which no part has
set -eu
cd "$(dirname "$0")/.."
. ops/setting.sh
as_owner=''
[ "${1:-}" != --as-owner ] || { as_owner=$1; shift; }
[ $# -ge 2 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 64; }
part=$1 program=$2
shift 2

if docker compose ps --status running --services 2>/dev/null | grep -qx "$part"; then
  main=dist/$part/$program/main.js
  [ -n "$as_owner" ] || exec docker compose exec -T "$part" node "$main" "$@"
  API_TOKEN=$(cat "$(setting DATA_DIR ./data)/secrets/api_token")
  export API_TOKEN # in the environment, where no list of processes shows it
  exec docker compose exec -T -e API_TOKEN "$part" node "$main" "$@"
fi
make --no-print-directory --silent modules programs
exec node_modules/.bin/node ops/src/in-part/main.ts $as_owner "$part" "$program" "$@"
