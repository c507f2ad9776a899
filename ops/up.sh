#!/bin/sh
# make up: prepares ./data, builds and starts the stack in Docker, waits until it is healthy, says where it is.
# Needs Docker with Compose v2 and nothing else on the machine.
set -eu
cd "$(dirname "$0")/.."
. ops/setting.sh
. ops/texts.sh

docker compose version >/dev/null 2>&1 || {
  echo "$(text dockerNeeded)" >&2
  exit 1
}

. ops/container-user.sh

# A later `docker compose up` without make must know them too. A new .env is closed to others: secrets will follow.
remember() { # NAME VALUE
  if grep -qs "^$1=" .env; then sed -i "s/^$1=.*/$1=$2/" .env; else (umask 077; echo "$1=$2" >> .env); fi
}
if [ "$LINKCAST_UID:$LINKCAST_GID" != 1000:1000 ]; then
  remember LINKCAST_UID "$LINKCAST_UID"
  remember LINKCAST_GID "$LINKCAST_GID"
fi

# NAME_FILE counts as NAME; secrets are prepare.sh's business.
names=$(grep -ho '\${[A-Z0-9_]*' docker-compose.yml ops/published-ports.yml | cut -c 3- | sort -u)
for name in $names; do
  file=$(setting "${name}_FILE" '')
  [ -z "$file" ] || export "$name=$(cat "$file")"
done
ROUTER_ADDRESS=$(setting ROUTER_ADDRESS "$(ops/router-address.sh)")
export ROUTER_ADDRESS
OWN_ADDRESSES=$(setting OWN_ADDRESSES "$(ops/own-addresses.sh | tr '\n' ' ')")
export OWN_ADDRESSES

ops/prepare.sh "$LINKCAST_UID:$LINKCAST_GID"
data=$(setting DATA_DIR ./data)
rm -f "$data/runs-without-docker"

# Without a token there is no bot.
if [ -s "$data/secrets/telegram_token" ]; then LINKCAST_BOT=1; else LINKCAST_BOT=0; fi
export LINKCAST_BOT
[ "$LINKCAST_BOT" = "$(dot_env LINKCAST_BOT || echo 0)" ] || remember LINKCAST_BOT "$LINKCAST_BOT"

# What the parts that are not well said last: a refused setting, most of the time. A bot that runs and cannot reach
# Telegram yet is told of, and is no reason to fail: it keeps trying, and the site does without.
explain_failure() {
  ill=$(docker compose ps --all --format '{{.Service}} {{.State}} {{.Health}}' | grep -v ' running \(healthy\)\{0,1\}$' || :)
  echo "$ill" | while read -r service _; do
    [ -n "$service" ] || continue
    printf '\n%s\n' "$(text unhealthy "$service")"
    docker compose logs --no-log-prefix --no-color --tail 4 "$service"
  done >&2
  [ "$ill" = 'bot running unhealthy' ]
}

# Compose stops all that it replaces before it starts any of it. So nginx, which all viewers see, comes last and alone, when
# yt-app answers again: until then the old one serves media by the decisions about access that it has cached.
docker compose build
if [ -n "$(docker compose ps --quiet nginx)" ]; then
  # shellcheck disable=SC2046 # names of services, one word each
  docker compose up --detach $(docker compose config --services | grep -vx nginx)
  docker compose up --detach --no-recreate --wait --wait-timeout 60 yt-app || : # the next line says what it lacks
fi
docker compose up --detach --wait --wait-timeout 300 --remove-orphans || explain_failure

echo
echo "$(text running "$(site_url)")"
echo "$(text signIn "$(ops/sign-in.sh)")"
if [ -s "$data/secrets/telegram_token" ]; then
  echo "$(text becomeOwner "$(cat "$data/secrets/owner_code")")"
else
  echo "$(text botNeedsToken)"
  echo "$(text thenBecomeOwner "$(cat "$data/secrets/owner_code")")"
fi
