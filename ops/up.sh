#!/bin/sh
# make up: prepares ./data, builds and starts the stack in Docker, waits until it is healthy, says where it is.
# Needs Docker with Compose v2 and nothing else on the machine.
set -eu
cd "$(dirname "$0")/.."
. ops/setting.sh

docker compose version >/dev/null 2>&1 || {
  echo 'Docker with Compose v2 is needed: https://docs.docker.com/engine/install/ . Without Docker: make local' >&2
  exit 1
}

# The containers run as the owner of ./data: the person who starts them, or 1000 when root does.
if [ "$(id -u)" -eq 0 ]; then
  LINKCAST_UID=$(setting LINKCAST_UID 1000)
  LINKCAST_GID=$(setting LINKCAST_GID 1000)
else
  LINKCAST_UID=$(id -u) LINKCAST_GID=$(id -g)
fi
export LINKCAST_UID LINKCAST_GID

# A later `docker compose up` without make must know them too.
remember() { # NAME VALUE
  if grep -qs "^$1=" .env; then sed -i "s/^$1=.*/$1=$2/" .env; else echo "$1=$2" >> .env; fi
}
if [ "$LINKCAST_UID:$LINKCAST_GID" != 1000:1000 ]; then
  remember LINKCAST_UID "$LINKCAST_UID"
  remember LINKCAST_GID "$LINKCAST_GID"
fi

# NAME_FILE counts as NAME; secrets are prepare.sh's business.
names=$(sed -n 's/.*\${\([A-Z_]*\)[:}].*/\1/p' docker-compose.yml | sort -u)
for name in $names; do
  file=$(setting "${name}_FILE" '')
  [ -z "$file" ] || export "$name=$(cat "$file")"
done

ops/prepare.sh "$LINKCAST_UID:$LINKCAST_GID"
# What the parts that are not well said last: a refused setting, most of the time.
explain_failure() {
  docker compose ps --all --format '{{.Service}} {{.State}} {{.Health}}' | while read -r service state health; do
    case "$state $health" in 'running ' | 'running healthy') continue ;; esac
    printf '\n%s does not run well. Its last words:\n' "$service"
    docker compose logs --no-log-prefix --no-color --tail 4 "$service"
  done >&2
  exit 1
}
docker compose up --detach --build --wait --wait-timeout 300 --remove-orphans || explain_failure

site=$(docker compose exec -T bot printenv SITE_URL)
data=$(setting DATA_DIR ./data)
echo
echo "Linkcast is running: $site"
if [ -s "$data/secrets/telegram_token" ]; then
  echo "To become its owner, send your bot: /start $(cat "$data/secrets/owner_code")"
else
  echo 'The bot waits for a token: get one from @BotFather, put TELEGRAM_TOKEN=… into .env, and run make up again.'
  echo "Then send it: /start $(cat "$data/secrets/owner_code")"
fi
