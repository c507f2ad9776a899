#!/bin/sh
# Runs a program of a part with that part's settings: in its container when it runs in Docker, or else on this machine.
#
#   in-part.sh [--as-owner] PART PROGRAM [ARGUMENT...]
#
#   --as-owner   gives the program the owner's API_TOKEN, which no part has
set -eu
cd "$(dirname "$0")/.."
. ops/setting.sh
as_owner=''
[ "$1" != --as-owner ] || { as_owner=$1; shift; }
part=$1

if docker compose ps --status running --services 2>/dev/null | grep -qx "$part"; then
  shift
  [ -n "$as_owner" ] || exec docker compose exec -T "$part" node "$@"
  API_TOKEN=$(cat "$(setting DATA_DIR ./data)/secrets/api_token")
  export API_TOKEN # in the environment, where no list of processes shows it
  exec docker compose exec -T -e API_TOKEN "$part" node "$@"
fi
make --no-print-directory --silent modules
exec node_modules/.bin/node ops/src/in-part/main.ts $as_owner "$@"
