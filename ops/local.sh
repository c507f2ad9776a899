#!/bin/sh
# The last step of `make local`: data and secrets, then the parts in the foreground.
set -eu
cd "$(dirname "$0")/.."
ops/prepare.sh
# The supervisor ends with the make that started it, however that ends.
exec setpriv --pdeathsig TERM -- node_modules/.bin/node ops/src/local/main.ts
