#!/bin/sh
# Makes the data directories and, once, the secrets (0600). Run again, it changes nothing that is there, except that a
# secret given as a setting (in the environment or .env, by name or as NAME_FILE) is written anew, and that one that
# others give, such as a bot's token, is forgotten when its line in .env is empty (NAME=).
#
#   prepare.sh [UID:GID]   the owner of everything; needs root when it is somebody else
set -eu
umask 077
cd "$(dirname "$0")/.."
. ops/setting.sh

data=$(setting DATA_DIR ./data)
media=$(setting MEDIA_DIR "$data/media")
certificate=$data/certificate
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
  elif [ ! -s "$secrets/$1" ] || { [ -z "$3" ] && is_emptied "$2"; }; then
    write_secret "$1" "$3"
  fi
}

random() { # CHARACTERS LENGTH
  LC_ALL=C tr -dc "$1" < /dev/urandom | head -c "$2"
}

mkdir -p "$secrets" "$data/yt-app" "$data/bot" "$data/nginx" "$data/icecast" "$data/ddns" "$data/certbot" \
  "$certificate/webroot/.well-known/acme-challenge" "$media"
# nginx's workers are another user when root runs it, and read media and the answers to ACME's challenges
chmod 755 "$data" "$media" "$data/nginx"
find "$certificate" -type d -exec chmod 755 {} +
keep_secret api_token API_TOKEN "$(random A-Za-z0-9 40)"
keep_secret egress_key EGRESS_KEY "$(random A-Za-z0-9 40)"
keep_secret icecast_source_password ICECAST_SOURCE_PASSWORD "$(random A-Za-z0-9 32)"
keep_secret icecast_admin_password ICECAST_ADMIN_PASSWORD "$(random A-Za-z0-9 32)"
keep_secret owner_code OWNER_CODE "$(random a-hjkmnp-z2-9 10)" # without letters that look like digits
for name in TELEGRAM_TOKEN IONOS_TOKEN IONOS_UPDATE_URL CLOUDFLARE_TOKEN DUCKDNS_TOKEN DYNDNS2_PASSWORD DDNS_UPDATE_URL; do
  keep_secret "$(echo "$name" | tr '[:upper:]' '[:lower:]')" "$name" '' # others give them: empty until they do
done

if [ $# -eq 1 ]; then
  find "$data" "$media" \( ! -uid "${1%:*}" -o ! -gid "${1#*:}" \) -exec chown -h "$1" {} +
fi
