#!/usr/bin/env bash
# The service answers clients beside one another, and ends when it is asked to, with an answer pending.
#   service.sh PROGRAM
set -euo pipefail
folder=$(mktemp -d)
mkfifo "$folder/said"
"$1" >"$folder/said" &
service=$!
trap 'kill "$service" 2>/dev/null || true; rm -rf "$folder"' EXIT
exec 3<"$folder/said"

fail() { echo "service.sh: $*" >&2; exit 1; }

read -r -t 30 _ _ _ port <&3 || fail "the service did not start"
exec 4<>"/dev/tcp/127.0.0.1/${port##* }" 5<>"/dev/tcp/127.0.0.1/${port##* }"
for line in "shot one" "shot two"; do
  echo "$line" >&4
  echo "$line" >&5
  read -r -t 30 first <&4 || fail "the first client has no answer"
  read -r -t 30 second <&5 || fail "the second client has no answer"
  [[ "$first" =~ ^[0-9a-f]{16}$ && "$first" == "$second" ]] || fail "answers differ: $first, $second"
done
echo "a line that nobody waits for" >&4
kill -TERM "$service"
read -r -t 30 last <&3 || fail "the service said nothing when it ended"
wait "$service" || fail "the service ended with status $?"
[[ "$last" =~ ^answered\ [45]\ lines\;\ the\ runtime\ has\ stopped$ ]] || fail "it said: $last"
echo "$last"
