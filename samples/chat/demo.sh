#!/usr/bin/env bash
# Two people chat while their server is killed and started again; a third one comes late.
#   samples/chat/demo.sh CHAT_PROGRAM
# Waits for lines, never for time. Ends everything that it started.
set -euo pipefail
chat=$(realpath "$1")
cd "$(dirname "$0")"
if [[ ! -d node_modules/socket.io ]]; then
  echo "chat: npm's socket.io is not there: samples/demo.sh chat installs it" >&2
  exit 77
fi

folder=$(mktemp -d) # NAME: what stands on their console; NAME.log: what Silex logs there; NAME.input
declare -A running  # processes
declare -A input    # descriptors: what is written there, they type
end_all() {
  kill "${running[@]}" 2>/dev/null || true
  wait
  rm -rf "$folder"
}
trap end_all EXIT

fail() {
  echo "chat: $1; in $2 stands:" >&2
  cat "$2" >&2
  exit 1
}

wait_for() { # a text in a file
  for ((i = 0; i < 600; i++)); do
    grep -qF -- "$2" "$1" 2>/dev/null && return
    sleep 0.05
  done
  fail "\"$2\" did not come" "$1"
}

report() { printf '%16s | %s\n' "$1" "$2"; }

serve() { # on a port; 0: any that is free
  : >"$folder/server"
  node server.js "$1" >"$folder/server" 2>&1 &
  running[server]=$!
  wait_for "$folder/server" listening
  port=$(sed -n 's/^listening //p' "$folder/server")
}

kill_server() {
  local server=${running[server]}
  unset 'running[server]' # its number may be another process's soon
  kill -KILL "$server"
  wait "$server" 2>/dev/null || true
}

join() { # a name
  mkfifo "$folder/$1.input"
  "$chat" "$1" "ws://127.0.0.1:$port" <"$folder/$1.input" >"$folder/$1" 2>"$folder/$1.log" &
  running[$1]=$!
  exec {descriptor}>"$folder/$1.input"
  input[$1]=$descriptor
}

types() { echo "$2" >&"${input[$1]}"; } # who, what

hears() { # who, from whom, what; whoever says it sees it too, once the server has it
  wait_for "$folder/$1" "$2: $3"
  wait_for "$folder/$2" "$2: $3"
  report "$1's console" "$2: $3"
}

same() { # two consoles
  diff "$folder/$1" "$folder/$2" >&2 || { echo "chat: the consoles of $1 and $2 differ (above)" >&2; exit 1; }
}

serve 0
report "" "(npm's socket.io listens on 127.0.0.1:$port)"
join ada
join bob
types ada "shall we render shot_010?"
hears bob ada "shall we render shot_010?"
types bob "yes, on the farm"
hears ada bob "yes, on the farm"

kill_server
report "" "(the server is killed; ada types two lines more)"
types ada "what about shot_020?"
types ada "and shot_030?"
wait_for "$folder/ada.log" reconnecting
report "ada's log" "$(sed -n 's/.*\] \(.*reconnecting\).*/\1/p' "$folder/ada.log" | head -1)"
serve "$port"
report "" "(the server is started again)"
hears bob ada "what about shot_020?"
hears bob ada "and shot_030?"
types bob "both, please"
hears ada bob "both, please"

report "" "(cleo comes late, reads what was said, says one line and leaves)"
timeout 60 "$chat" cleo "ws://127.0.0.1:$port" <<<"then I go home" >"$folder/cleo" 2>"$folder/cleo.log" ||
  fail "cleo's chat failed" "$folder/cleo.log"
hears ada cleo "then I go home"
hears bob cleo "then I go home" >/dev/null

same ada bob
tail -n 4 "$folder/ada" >"$folder/ada.since" # the server was started: all that it can tell cleo
same ada.since cleo
echo "no line was lost, and none came twice"
