# shellcheck shell=sh
# To be sourced in the root of the repository.

# Prints a setting: from the environment, or else from .env, or else the default.
setting() { # NAME DEFAULT
  value=$(printenv "$1" || :)
  if [ -z "$value" ] && [ -r .env ]; then
    value=$(sed -n "s/^[[:space:]]*\(export[[:space:]]\{1,\}\)\{0,1\}$1[[:space:]]*=[[:space:]]*//p" .env | tail -n 1 |
      sed "s/^'\([^']*\)'.*/\1/; s/^\"\([^\"]*\)\".*/\1/; s/[[:space:]]#.*//; s/[[:space:]]*\$//")
  fi
  printf '%s' "${value:-$2}"
}
