#!/bin/sh
# npm ci, with the machine's own npm (9 or newer). Brings the project's Node 24 among the rest.
set -eu
cd "$(dirname "$0")/.."

# npm ci empties node_modules: the Node that runs it must not come from there.
PATH=$(printf '%s' "$PATH" | sed "s|$PWD/node_modules/.bin:||g")
command -v npm >/dev/null || ops/install-packages.sh node
echo 'npm ci: installing the Node packages of package-lock.json' >&2
npm ci --loglevel=error --no-audit --no-fund >&2
touch node_modules/.package-lock.json # make's stamp: never older than the lock
node_modules/.bin/node -e 'process.exit(process.versions.node.startsWith("24.") ? 0 : 1)' || {
  echo "npm brought no Node 24 for $(uname -s) $(uname -m): only Linux on x64 and arm64 is supported" >&2
  exit 1
}
