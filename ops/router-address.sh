#!/bin/sh
# Prints the address of this machine's router: the gateway of the default route, which containers cannot see. Nothing
# when there is none.
set -eu

# 010200C0 there is 192.0.2.1: the bytes stand in reverse
gateway=$(awk '$2 == "00000000" && $8 == "00000000" && $3 != "00000000" { print $3; exit }' "${1:-/proc/net/route}")
[ -z "$gateway" ] || {
  # shellcheck disable=SC2046,SC2183 # four numbers, a word each
  printf '%d.%d.%d.%d\n' $(echo "$gateway" | sed 's/\(..\)\(..\)\(..\)\(..\)/0x\4 0x\3 0x\2 0x\1/')
}
