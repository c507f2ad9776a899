#!/bin/sh
# Makes the data directories and, once, the secrets (0600). Run again, it changes nothing that is there, except that a
# secret given as a setting (in the environment or .env, by name or as NAME_FILE) is written anew.
#
#   prepare.sh [UID:GID]   the owner of everything; needs root when it is somebody else
set -eu
umask 077
cd "$(dirname "$0")/.."
. ops/setting.sh

data=$(setting DATA_DIR ./data)
media=$(setting MEDIA_DIR "$data/media")
secrets=$data/secrets

write_secret() { # NAME VALUE: whole or not at all
  printf '%s' "$2" > "$secrets/$1.new"
  mv "$secrets/$1.new" "$secrets/$1"
}

keep_secret() { # NAME SETTING GENERATED
  given=$(setting "$2" '')
  file=$(setting "$2_FILE" '')
  if [ -z "$given" ] && [ -n "$file" ]; then given=$(cat "$file"); fi
  if [ -n "$given" ]; then
    [ "$given" = "$(cat "$secrets/$1" 2>/dev/null)" ] || write_secret "$1" "$given"
  elif [ ! -s "$secrets/$1" ]; then
    write_secret "$1" "$3"
  fi
}

random() { # CHARACTERS LENGTH
  LC_ALL=C tr -dc "$1" < /dev/urandom | head -c "$2"
}

mkdir -p "$secrets" "$data/yt-app" "$data/bot" "$data/nginx" "$data/icecast" "$media"
chmod 755 "$data" "$media" "$data/nginx" # nginx's workers are another user when root runs it
keep_secret api_token API_TOKEN "$(random A-Za-z0-9 40)"
keep_secret icecast_source_password ICECAST_SOURCE_PASSWORD "$(random A-Za-z0-9 32)"
keep_secret icecast_admin_password ICECAST_ADMIN_PASSWORD "$(random A-Za-z0-9 32)"
keep_secret owner_code OWNER_CODE "$(random a-hjkmnp-z2-9 10)" # without letters that look like digits
keep_secret telegram_token TELEGRAM_TOKEN ''

if [ $# -eq 1 ]; then
  find "$data" "$media" \( ! -uid "${1%:*}" -o ! -gid "${1#*:}" \) -exec chown -h "$1" {} +
fi
