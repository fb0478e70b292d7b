#!/usr/bin/env bash
# Runs a command with a display of its own. Xvfb itself picks the number, since two of xvfb-run may take the same one,
# and does not begin anew when its last client leaves: the next one would find it closed for a moment.
#   under_xvfb.sh COMMAND...
set -euo pipefail
folder=$(mktemp -d)
mkfifo "$folder/number"
Xvfb -displayfd 3 -screen 0 800x600x24 -noreset -nolisten tcp 3<>"$folder/number" >"$folder/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
exec 4<>"$folder/number"
read -r -t 30 number <&4 || { cat "$folder/log" >&2; echo "under_xvfb.sh: Xvfb did not start" >&2; exit 1; }
DISPLAY=:$number "$@"
