#!/usr/bin/env bash
# Four actions at once at a Silex service: a user answers what one asks, takes another back and cancels a third.
#   samples/actions/demo.sh SILEX_PROGRAM
# Waits for lines, never for time. Ends everything that it started.
set -euo pipefail
silex=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
peers=$here/../../tests/peers
if [[ ! -d $peers/node_modules/socket.io-client ]]; then
  echo "actions: npm's socket.io is not there: samples/demo.sh actions installs it" >&2
  exit 77
fi

folder=$(mktemp -d)
cd "$folder"
mkfifo hold # what the processes below read: it ends with this script
exec {hold}<>hold
end_all() {
  exec {hold}>&-
  kill $(jobs -p) 2>/dev/null || true
  wait
  cd /
  rm -rf "$folder"
}
trap end_all EXIT

wait_for() { # a text in a file
  for ((i = 0; i < 600; i++)); do
    grep -qF -- "$2" "$1" 2>/dev/null && return
    sleep 0.05
  done
  echo "actions: \"$2\" did not come; in $1 stands:" >&2
  cat "$1" >&2
  exit 1
}

export NODE_PATH=$peers/node_modules
node "$peers/silex_service.js" '{}' <hold >service 2>&1 &
wait_for service listening
port=$(sed -n 's/^listening //p' service)
node "$here/user.js" "http://127.0.0.1:$port" <hold >user 2>&1 &
wait_for user 'here I am'
tail -n +1 -f user 2>/dev/null | sed -u 's/^/      the user | /' &

echo 'a cache of sh010' >sh010.abc
ended=0
SILEX_ACTION_CONFIG=$here timeout 60 "$silex" action export review publish render --url "ws://127.0.0.1:$port" --stay 1 \
  >actions 2>&1 </dev/null || ended=$?
sed 's/^/   silex action | /' actions
echo "it ended with $ended: an action was cancelled, and none failed"
[[ $ended == 3 ]] || exit 1
if [[ -e published ]]; then
  echo "actions: the publish was not taken back: $(find published)" >&2
  exit 1
fi
echo "of what was published nothing is left; sh010.abc is still: $(cat sh010.abc)"
