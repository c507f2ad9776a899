#!/bin/sh
# Copies yt-app's database: --to postgres (the one of DATABASE_URL, or of the stack) or --to sqlite (the file). yt-app must not
# run; the program refuses when it does.
set -eu
cd "$(dirname "$0")/.."
. ops/setting.sh

if ! runs_in_docker; then exec ops/in-part.sh yt-app move-database "$@"; fi

. ops/container-user.sh
ops/prepare.sh "$LINKCAST_UID:$LINKCAST_GID"
case ,$(setting COMPOSE_PROFILES ''), in
  *,postgres,*)
    trap 'docker compose stop postgres' EXIT
    docker compose up --detach --wait postgres
    ;;
esac
docker compose run --rm --no-deps -T yt-app node dist/yt-app/move-database/main.js "$@"
