#!/usr/bin/env bash
# Two people chat while their server is killed and started again: samples/chat/demo.sh CHAT_PROGRAM
# Ends everything that it started.
set -euo pipefail
chat=$(realpath "$1")
cd "$(dirname "$0")"
if [[ ! -d node_modules/socket.io ]]; then
  echo "chat: npm's socket.io is not there: run tests/peers/setup.sh samples/chat" >&2
  exit 77
fi

folder=$(mktemp -d)
started=()
end_all() {
  kill "${started[@]}" 2>/dev/null || true
  wait
  rm -rf "$folder"
}
trap end_all EXIT

wait_for() { # a text in a file
  for ((i = 0; i < 600; i++)); do
    grep -qF -- "$2" "$1" 2>/dev/null && return
    sleep 0.05
  done
  echo "chat: \"$2\" did not come; this came:" >&2
  cat "$1" >&2
  exit 1
}

serve() { # on a port; 0: any that is free
  : >"$folder/server"
  node server.js "$1" >"$folder/server" &
  server=$!
  started+=("$server")
  wait_for "$folder/server" listening
  port=$(sed -n 's/^listening //p' "$folder/server")
}

join() { # a name; what is written to the descriptor ${input[name]}, they type
  mkfifo "$folder/$1.input"
  "$chat" "$1" "ws://127.0.0.1:$port" <"$folder/$1.input" >"$folder/$1" 2>"$folder/$1.log" &
  started+=("$!")
  exec {descriptor}>"$folder/$1.input"
  input[$1]=$descriptor
}

say() { # who, what, who hears it
  echo "$2" >&"${input[$1]}"
  wait_for "$folder/$3" "$1: $2"
  echo "on $3's console |  $1: $2"
}

declare -A input
serve 0
join ada
join bob
say ada "shall we render shot_010?" bob
say bob "yes, on the farm" ada

kill -KILL "$server"
wait "$server" 2>/dev/null || true
echo "                (the server is killed)"
echo "what about shot_020?" >&"${input[ada]}"
echo "and shot_030?" >&"${input[ada]}"
wait_for "$folder/ada.log" reconnecting
echo "                (ada types two lines; the server is started again)"
serve "$port"
for line in "what about shot_020?" "and shot_030?"; do
  wait_for "$folder/bob" "ada: $line"
  echo "on bob's console |  ada: $line"
done
say bob "both" ada
[[ "$(cat "$folder/bob")" == "$(cat "$folder/ada")" ]] || { echo "chat: the two consoles differ" >&2; exit 1; }
echo "nothing was lost, nothing came twice"
