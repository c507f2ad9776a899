#!/bin/sh
# npm ci, with the machine's own npm (9 or newer). Brings the project's Node 24 among the rest.
set -eu
cd "$(dirname "$0")/.."

case $(uname -sm) in
  'Linux x86_64') arch=x64 ;;
  'Linux aarch64') arch=arm64 ;;
  *) echo "Linux on x64 or arm64 is needed, this is $(uname -sm)" >&2; exit 1 ;;
esac

# npm ci empties node_modules: the Node that runs it must not come from there.
PATH=$(printf '%s' "$PATH" | sed "s|$PWD/node_modules/.bin:||g")
command -v npm >/dev/null || ops/install-packages.sh node
echo 'npm ci: installing the Node packages of package-lock.json' >&2
npm ci --loglevel=error --no-audit --no-fund >&2

# npm 9 links no program of an optional package when another one has a program of the same name.
ln -sf "../node-linux-$arch/bin/node" node_modules/.bin/node
node_modules/.bin/node -e '' || { echo 'npm did not bring the project its Node' >&2; exit 1; }
touch node_modules/.complete # make's stamp
