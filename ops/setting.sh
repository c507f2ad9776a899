# shellcheck shell=sh
# To be sourced in the root of the repository.

# Prints what .env says of a setting; fails when it does not name it.
dot_env() { # NAME
  [ -f .env ] || return 1
  line=$(sed -n "s/^[[:space:]]*\(export[[:space:]]\{1,\}\)\{0,1\}$1[[:space:]]*=/=/p" .env | tail -n 1)
  [ -n "$line" ] || return 1
  [ "$line" != = ] || return 0
  printf '%s' "${line#=}" | sed 's/^[[:space:]]*//' |
    sed "s/^'\([^']*\)'.*/\1/; t; s/^\"\([^\"]*\)\".*/\1/; t; s/^#.*//; s/[[:space:]]#.*//; s/[[:space:]]*\$//"
}

# Prints a setting: from the environment, or else from .env, or else the default.
setting() { # NAME DEFAULT
  eval "value=\${$1:-}" # the names are ours; a program for each would make a start seconds longer
  [ -n "$value" ] || value=$(dot_env "$1" || :)
  printf '%s' "${value:-$2}"
}

# Does .env name it without giving it a value, and nothing else gives one?
is_emptied() { # NAME
  [ -z "$(setting "$1" '')$(setting "$1_FILE" '')" ] && dot_env "$1" >/dev/null
}

# Does this installation run in Docker? Not when `make local` started it last. A new one does when its images are built.
runs_in_docker() {
  [ ! -e "$(setting DATA_DIR ./data)/runs-without-docker" ] && docker image inspect linkcast/yt-app > /dev/null 2>&1
}

# The public root of the site, as people reach it.
site_url() {
  domain=$(setting DOMAIN_NAME '')
  url=$(setting SITE_URL "${domain:+https://$domain}")
  url=${url:-http://localhost:$(setting HTTP_PORT 8080)}
  printf '%s' "${url%/}"
}
