#!/bin/sh
# The last step of `make local`: data and secrets, then the parts in the foreground.
set -eu
cd "$(dirname "$0")/.."
. ops/setting.sh
ops/prepare.sh
: > "$(setting DATA_DIR ./data)/runs-without-docker"
ROUTER_ADDRESS=$(setting ROUTER_ADDRESS "$(ops/router-address.sh)")
export ROUTER_ADDRESS
# The supervisor ends with the make that started it, however that ends.
# As packages/kit/src/programs/node-settings.ts says.
export MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=262144
exec setpriv --pdeathsig TERM -- node_modules/.bin/node --optimize-for-size dist/ops/local/main.js
