#!/bin/sh
# Writes the bill of materials of what runs, as CycloneDX 1.5 by `npm sbom`: every npm package that package-lock.json
# names for these workspaces, with its version, licence and checksum.
#
#   sbom.sh FILE [WORKSPACE...]   without a workspace: of all
#
# Needs npm 10 or newer and no network. Packages that only development needs are removed from a copy of the lock first: with
# `--omit dev`, npm also leaves out packages that both need.
set -eu
[ $# -ge 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 64; }
case $(npm -v) in
  [0-9].*) echo 'npm 10 or newer is needed; in a container: docker run --rm linkcast/yt-app cat /app/sbom.cdx.json' >&2; exit 69 ;;
esac
file=$(readlink -m "$1")
shift
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/linkcast" # npm names the bill after the folder
cp --parents package.json package-lock.json .npmrc ./*/package.json packages/*/package.json "$scratch/linkcast"
for workspace in "$@"; do set -- "$@" --workspace "$workspace"; shift; done
(
  cd "$scratch/linkcast"
  npm pkg delete devDependencies --workspaces --include-workspace-root
  npm install --package-lock-only --offline --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
  npm sbom --package-lock-only --sbom-format cyclonedx "$@"
) > "$scratch/sbom.json"
mv "$scratch/sbom.json" "$file"
