#!/bin/sh
# Makes the data directories and, once, the secrets (0600), and closes both to the other users of this machine. Run again,
# it changes no secret, except that one given as a setting (in the environment or .env, by name or as NAME_FILE) is written
# anew, and that one that others give, such as a bot's token, is forgotten when its line in .env is empty (NAME=).
#
#   prepare.sh [UID:GID]   the owner of everything; needs root when it is somebody else
set -eu
umask 077
export LC_ALL=C
cd "$(dirname "$0")/.."
. ops/setting.sh
. ops/texts.sh

data=$(setting DATA_DIR ./data)
media=$(setting MEDIA_DIR "$data/media")
certificate=$data/certificate
webroot=$certificate/webroot
secrets=$data/secrets
backups=$(setting BACKUP_DIR '')
GENERATED='API_TOKEN ICECAST_SOURCE_PASSWORD ICECAST_ADMIN_PASSWORD OWNER_CODE'
GIVEN='DATABASE_URL BACKUP_PASSPHRASE TELEGRAM_TOKEN IONOS_TOKEN IONOS_UPDATE_URL CLOUDFLARE_TOKEN DUCKDNS_TOKEN DYNDNS2_PASSWORD DDNS_UPDATE_URL'
EXIT_CONFIG=78

# nginx's workers are another user when root runs nginx. Their group may read what nginx serves, and nothing else.
workers=''
if [ $# -eq 0 ] && [ "$(id -u)" -eq 0 ] && grep -q '^www-data:' /etc/group; then workers=www-data; fi

write_secret() { # NAME VALUE: whole or not at all
  printf '%s' "$2" > "$secrets/$1.new"
  mv "$secrets/$1.new" "$secrets/$1"
}

given_secret() { # SETTING: its value, or what the file holds that NAME_FILE names
  given=$(setting "$1" '')
  file=$(setting "$1_FILE" '')
  if [ -z "$given" ] && [ -n "$file" ]; then given=$(cat "$file"); fi
  printf '%s' "$given"
}

keep_secret() { # NAME SETTING GENERATED
  given=$(given_secret "$2")
  if [ -n "$given" ]; then
    [ "$given" = "$(cat "$secrets/$1" 2>/dev/null)" ] || write_secret "$1" "$given"
  elif [ ! -s "$secrets/$1" ] || { [ -z "$3" ] && is_emptied "$2"; }; then
    write_secret "$1" "$3"
  fi
}

random() { # CHARACTERS LENGTH
  tr -dc "$1" < /dev/urandom | head -c "$2"
}

generate_once() { # NAME CHARACTERS LENGTH
  [ -s "$secrets/$1" ] || write_secret "$1" "$(random "$2" "$3")"
}

refuse_bad_token() { # yt-app gets its digest only, and could not refuse it
  given=$(given_secret API_TOKEN)
  case $given in *[!A-Za-z0-9._~+/=-]*) ;; *) [ -n "$given" ] && [ ${#given} -lt 24 ] || return 0 ;; esac
  echo "$(text badApiToken)" >&2
  exit "$EXIT_CONFIG"
}

# A part that starts before the files of a restore are in their places would make new ones.
refuse_half_restored() {
  [ -d "$data/restore.ready" ] && [ -z "${RESTORING:-}" ] || return 0
  echo "$(text restoreInterrupted)" >&2
  exit 1
}

# With COMPOSE_PROFILES=postgres, yt-app uses the database server of the stack, unless DATABASE_URL names another one. Without
# Docker there is none, and an empty file in its place would hide the library.
use_own_database() { # [UID:GID]
  own=postgres://linkcast:$(cat "$secrets/postgres_password")@postgres/linkcast
  case ,$(setting COMPOSE_PROFILES ''), in
    *,postgres,*) [ -s "$secrets/database_url" ] || write_secret database_url "$own" ;;
    *) [ "$(cat "$secrets/database_url")" != "$own" ] || write_secret database_url '' ;;
  esac
  if [ $# -eq 0 ] && [ "$(cat "$secrets/database_url")" = "$own" ]; then
    echo "$(text databaseNeedsDocker)" >&2
    exit "$EXIT_CONFIG"
  fi
}

write_digests() { # of every caller's key, for those who answer
  digests=$(for holder in owner nginx icecast worker bot certbot yt-app; do
    case $holder in owner) name=api_token ;; yt-app) name=yt_app_key ;; *) name=${holder}_key ;; esac
    printf '%s:%s\n' "$holder" "$(tr -d ' \t\r\n' < "$secrets/$name" | sha256sum | cut -c 1-64)"
  done)
  [ "$digests" = "$(cat "$secrets/key_digests" 2>/dev/null)" ] || write_secret key_digests "$digests"
}

close_directory() { # BITS DIRECTORY...: the owner may do everything, the group of nginx's workers what BITS say
  bits=$1
  shift
  if [ -n "$workers" ]; then
    chgrp "$workers" "$@" && chmod "u=rwx,g=$bits,o=" "$@"
  else
    chmod u=rwx,g-s,go= "$@"
  fi
}

close_items() { # PATH: items of the library that were made when they were open to everybody
  find "$1" -name .work -prune -o ! -type l -perm /007 -exec chmod o-rwx {} +
  [ -n "$workers" ] || return 0
  find "$1" -name .work -prune -o ! -type l ! -group "$workers" -exec chgrp "$workers" {} +
  find "$1" -name .work -prune -o -type d ! -perm -2050 -exec chmod g+rxs {} +
  find "$1" -name .work -prune -o -type f ! -perm -0040 -exec chmod g+r {} +
}

is_item() { # NAME of an entry of MEDIA_DIR
  case $1 in *[!a-z2-7]*) return 1 ;; ????????????????????) return 0 ;; *) return 1 ;; esac
}

# A MEDIA_DIR that holds other things too, such as the root of a disk, stays as open as it is; our items in it are closed.
close_media() {
  stranger=''
  for entry in "$media"/*; do
    name=${entry##*/}
    is_item "$name" || [ "$name" = lost+found ] || [ ! -e "$entry" ] || stranger=$name
  done
  [ ! -d "$media/.work" ] || close_directory s "$media/.work"
  if [ -z "$stranger" ]; then
    close_directory rxs "$media" && close_items "$media"
    return
  fi
  echo "$(text sharedMediaDir "$stranger")" >&2
  for entry in "$media"/*; do
    ! is_item "${entry##*/}" || close_items "$entry"
  done
}

close_dot_env() { # a copy of .env.example may be open to everybody
  [ -f .env ] || return 0
  [ -O .env ] || [ "$(id -u)" -eq 0 ] || return 0
  for name in $GENERATED $GIVEN; do
    [ -z "$(dot_env "$name" || :)" ] || chmod go-rwx .env
  done
}

# The backup has no other way to the settings; parts that are restarted do not read .env.
copy_dot_env() {
  if [ -f .env ]; then cat .env > "$secrets/settings.env.new"; else : > "$secrets/settings.env.new"; fi
  mv "$secrets/settings.env.new" "$secrets/settings.env"
}

# Once there was a backup, a missing directory is a disk that is not there.
make_backup_directory() { # [UID:GID]
  [ -n "$backups" ] && [ ! -d "$backups" ] || return 0
  ! grep -qs '"lastGood":{' "$data/yt-app/backup.json" || return 0
  mkdir -p "$backups" && chmod go-rwx "$backups"
  [ $# -eq 0 ] || chown "$1" "$backups"
}

refuse_bad_token
refuse_half_restored
mkdir -p "$secrets" "$data/yt-app" "$data/postgres" "$data/worker" "$data/bot" "$data/backup" "$data/import" "$data/delivery" "$data/nginx" "$data/icecast" "$data/ddns" "$data/certbot" \
  "$webroot/.well-known/acme-challenge" "$media"
close_directory x "$data" "$data/nginx" "$certificate"
close_directory rxs "$webroot" "$webroot/.well-known" "$webroot/.well-known/acme-challenge"
chmod go-rwx "$secrets" "$data/yt-app" "$data/postgres" "$data/worker" "$data/bot" "$data/backup" "$data/icecast" "$data/ddns" "$data/certbot"
close_media || echo "$(text fixedPermissions "$media")" >&2
close_dot_env
copy_dot_env
make_backup_directory "$@"

keep_secret api_token API_TOKEN "$(random A-Za-z0-9 40)"
keep_secret egress_key EGRESS_KEY "$(random A-Za-z0-9 40)"
keep_secret cookie_key COOKIE_KEY "$(random A-Za-z0-9 40)"
keep_secret icecast_source_password ICECAST_SOURCE_PASSWORD "$(random A-Za-z0-9 32)"
keep_secret icecast_admin_password ICECAST_ADMIN_PASSWORD "$(random A-Za-z0-9 32)"
keep_secret owner_code OWNER_CODE "$(random a-hjkmnp-z2-9 10)" # without letters that look like digits
for name in $GIVEN; do
  keep_secret "$(echo "$name" | tr '[:upper:]' '[:lower:]')" "$name" '' # others give them: empty until they do
done
generate_once postgres_password A-Za-z0-9 32 # of the database server of the stack
use_own_database "$@"
for name in nginx_key icecast_key worker_key bot_key certbot_key yt_app_key; do
  generate_once "$name" A-Za-z0-9 40
done
generate_once installation_mark 0-9a-f 32
write_digests
rm -f "$data/certbot/hook-token" "$data/certbot/rehearsal/hook-token" # where earlier versions left the API token

if [ $# -eq 1 ]; then
  find "$data" "$media" \( ! -uid "${1%:*}" -o ! -gid "${1#*:}" \) -exec chown -h "$1" {} +
fi
