#!/bin/sh
# Prints the title of the current track. ezstream runs this without an argument for the whole title, then for its parts.
# The parts stay empty: Icecast would keep the artist of the previous track when a track has none.
[ $# -eq 0 ] || exit 0
exec cat -- "$TITLE_FILE"
