#!/bin/sh
# Runs a program of a part with that part's settings: in its container when it runs in Docker, or else on this machine.
#
#   in-part.sh PART PROGRAM [ARGUMENT...]
set -eu
cd "$(dirname "$0")/.."
part=$1
shift

if docker compose ps --status running --services 2>/dev/null | grep -qx "$part"; then
  exec docker compose exec -T "$part" node "$@"
fi
make --no-print-directory --silent modules
exec node_modules/.bin/node ops/src/in-part/main.ts "$part" "$@"
