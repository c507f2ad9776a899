#!/bin/sh
# Copies yt-app's database: --to postgres (the one of DATABASE_URL) or --to sqlite (the file). yt-app must not run; the
# program refuses when it does.
set -eu
cd "$(dirname "$0")/.."

if docker image inspect linkcast/yt-app > /dev/null 2>&1; then
  exec docker compose run --rm --no-deps -T yt-app node dist/yt-app/move-database/main.js "$@"
fi
exec ops/in-part.sh yt-app move-database "$@"
