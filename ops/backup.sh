#!/bin/sh
# Makes a backup while everything runs: in BACKUP_DIR, or in the directory TO. INCLUDE_MEDIA=1 puts the media files into it.
set -eu
cd "$(dirname "$0")/.."
. ops/setting.sh
. ops/texts.sh

to=${TO:-$(setting BACKUP_DIR '')}
[ -n "$to" ] || {
  echo "$(text noBackupDir)" >&2
  exit 64
}
[ -e "$(setting DATA_DIR ./data)/secrets/settings.env" ] || {
  echo "$(text nothingToBackUp)" >&2
  exit 1
}

if ! runs_in_docker; then
  BACKUP_DIR=$to exec ops/in-part.sh backup make-backup
fi

. ops/container-user.sh
mkdir -p "$to"
BACKUP_DIR=$(cd "$to" && pwd)
export BACKUP_DIR
[ "$(id -u)" -ne 0 ] || chown "$LINKCAST_UID:$LINKCAST_GID" "$BACKUP_DIR"
exec docker compose run --rm --no-deps -T backup node dist/yt-app/make-backup/main.js
