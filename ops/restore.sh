#!/bin/sh
# Restores the backup in the folder FROM, while Linkcast does not run; containers are stopped first. An installation that has no
# .env gets that of the backup. The passphrase is BACKUP_PASSPHRASE, or is asked for; WITHOUT_SECRETS=1 leaves the secrets out.
set -eu
umask 077
cd "$(dirname "$0")/.."
. ops/setting.sh
. ops/texts.sh
in_docker=''
! runs_in_docker || in_docker=1

from=${FROM:-}
if [ ! -d "$from" ]; then
  echo "$(text restoreUsage)" >&2
  exit 64
fi
from=$(cd "$from" && pwd)

passphrase=$(setting BACKUP_PASSPHRASE '')
file=$(setting BACKUP_PASSPHRASE_FILE '')
if [ -z "$passphrase" ] && [ -n "$file" ]; then passphrase=$(cat "$file"); fi
without=''
[ "${WITHOUT_SECRETS:-0}" != 1 ] || without=--without-secrets
if [ -z "$passphrase$without" ] && [ -e "$from/secrets.enc" ] && [ -t 0 ]; then
  text askPassphrase >&2
  stty -echo
  read -r passphrase || :
  stty echo
  echo >&2
fi

# Ends the script when the backup is refused.
prove() { # prints the .env of the backup
  if [ -n "$in_docker" ]; then
    set -- docker run --rm -i --network none --read-only --user "$(id -u):$(id -g)" --volume "$from:/restore:ro" \
      --env LANGUAGE linkcast/yt-app node dist/yt-app/restore-backup/main.js --from /restore
  else
    set -- node_modules/.bin/node dist/yt-app/restore-backup/main.js --from "$from"
  fi
  printf %s "$passphrase" | "$@" --print-settings $without
}

# Until something was replaced, a failure leaves nothing behind.
placed=''
clean_up() {
  status=$?
  rm -f .env.restored
  [ "$status" -eq 0 ] || [ -z "$placed" ] || [ -d "$data/restore.ready" ] || rm -f .env
}

[ -n "$in_docker" ] || make --no-print-directory --silent modules programs
LANGUAGE=$(setting LANGUAGE en)
export LANGUAGE
data=''
trap clean_up EXIT
prove > .env.restored
if [ ! -e .env ] && [ -s .env.restored ]; then mv .env.restored .env && placed=1; fi

export RESTORING=1 # the data may be those of a restore that was interrupted
data=$(setting DATA_DIR ./data)
media=$(setting MEDIA_DIR "$data/media")

if [ -z "$in_docker" ]; then
  ops/prepare.sh
  printf %s "$passphrase" | ops/in-part.sh backup restore-backup --from "$from" $without
  exit
fi

. ops/container-user.sh
ops/prepare.sh "$LINKCAST_UID:$LINKCAST_GID"
running=$(docker compose ps --status running --services)
# shellcheck disable=SC2086 # names of services, one word each
[ -z "$running" ] || docker compose stop $running
case ,$(setting COMPOSE_PROFILES ''), in
  *,postgres,*) docker compose up --detach --wait postgres ;;
esac
printf %s "$passphrase" | docker compose run --rm --no-deps -T --env MEDIA_DIR=/library \
  --volume "$from:/restore:ro" --volume "$(cd "$media" && pwd):/library" \
  backup node dist/yt-app/restore-backup/main.js --from /restore $without || {
  # shellcheck disable=SC2086
  [ -d "$data/restore.ready" ] || [ -z "$running" ] || docker compose start $running # nothing was replaced
  exit 1
}
