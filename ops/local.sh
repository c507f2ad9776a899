#!/bin/sh
# The last step of `make local`: data and secrets, then the parts in the foreground.
set -eu
cd "$(dirname "$0")/.."
. ops/setting.sh
ops/prepare.sh
ROUTER_ADDRESS=$(setting ROUTER_ADDRESS "$(ops/router-address.sh)")
export ROUTER_ADDRESS
# The supervisor ends with the make that started it, however that ends.
exec setpriv --pdeathsig TERM -- node_modules/.bin/node ops/src/local/main.ts
