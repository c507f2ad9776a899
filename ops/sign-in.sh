#!/bin/sh
# Prints a link that signs the owner in, once, within a day. The stack must run.
set -eu
cd "$(dirname "$0")/.."
. ops/setting.sh

path=$(ops/in-part.sh --as-owner yt-app sign-in-code)
printf '%s%s\n' "$(site_url)" "$path"
