#!/bin/sh
# Makes the rows of the library from the media folders, while yt-app does not run; the program refuses when it does.
set -eu
cd "$(dirname "$0")/.."
. ops/setting.sh

if ! runs_in_docker; then
  ops/prepare.sh
  exec ops/in-part.sh yt-app rebuild-library
fi

. ops/container-user.sh
ops/prepare.sh "$LINKCAST_UID:$LINKCAST_GID"
case ,$(setting COMPOSE_PROFILES ''), in
  *,postgres,*)
    trap 'docker compose stop postgres' EXIT
    docker compose up --detach --wait postgres
    ;;
esac
docker compose run --rm --no-deps -T yt-app node dist/yt-app/rebuild-library/main.js
