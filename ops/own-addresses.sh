#!/bin/sh
# Prints the addresses and networks of this machine, a block each (CIDR): containers cannot see them, and they must not
# be sources. Networks larger than /16 are routes of tunnels that carry everything, and are left out.
#
#   own-addresses.sh [DIRECTORY]   the kernel's tables; default /proc/net
set -eu
tables=${1:-/proc/net}

{
  # IPv4 networks: routes without a gateway. 0000A8C0 there is 192.168.0.0, 00FFFFFF a mask of 24 bits.
  awk '
    function byte(text, at) {
      return (index("0123456789ABCDEF", substr(text, at, 1)) - 1) * 16 + index("0123456789ABCDEF", substr(text, at + 1, 1)) - 1
    }
    function bits(mask,   at, sum, rest) {
      for (at = 1; at < 8; at += 2) for (rest = byte(mask, at); rest > 0; rest = int(rest / 2)) sum += rest % 2
      return sum + 0
    }
    NR > 1 && $3 == "00000000" && bits($8) >= 16 {
      printf "%d.%d.%d.%d/%d\n", byte($2, 7), byte($2, 5), byte($2, 3), byte($2, 1), bits($8)
    }' "$tables/route"

  # IPv4 addresses, also those that are in none of these networks.
  awk '/\|--/ { address = $2 } /host LOCAL/ && address !~ /^127\./ { print address "/32" }' "$tables/fib_trie"

  # IPv6 addresses of global scope, with the length of their prefix (hexadecimal).
  awk '
    function digit(at) { return index("0123456789abcdef", substr($3, at, 1)) - 1 }
    $4 == "00" {
      address = substr($1, 1, 4)
      for (at = 5; at < 32; at += 4) address = address ":" substr($1, at, 4)
      printf "%s/%d\n", address, digit(1) * 16 + digit(2)
    }' "$tables/if_inet6"
} 2>/dev/null | sort -u
