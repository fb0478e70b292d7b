#!/usr/bin/env bash
# The hub, two hosts, four actions: one copies files, one builds a scene on the main thread, one asks, and one holds the
# loop, of which users are warned while its connection stays up.
#   samples/hub/demo.sh BUILD_FOLDER [PROGRAM ARGUMENT ...]
# The program is one host more, which finds the hub's address in SILEX_SERVICE_URL.
# On a desktop it opens the page, begins when that is there, and goes on until Ctrl-C. Where there is none, in CI, or
# where the output is no terminal, it prints what the page would show, answers what is asked, and ends by itself:
# SILEX_DEMO=page or SILEX_DEMO=text says which.
# Waits for lines, never for time. Ends everything that it started, by process id.
set -euo pipefail
build=$(realpath "$1")
shift
here=$(realpath "$(dirname "$0")")
if [[ ! -d $here/node_modules/socket.io || ! -d $here/../../tests/peers/node_modules/socket.io-client ]]; then
  echo "hub: npm's packages are not there: samples/demo.sh installs them" >&2
  exit 77
fi
mode=${SILEX_DEMO:-}
if [[ -z $mode ]]; then
  mode=page
  [[ -t 1 && -z ${CI:-} && -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]] || mode=text
fi

folder=$(mktemp -d)
mkfifo "$folder/hold" # what the processes below read: it ends with this script
exec {hold}<>"$folder/hold"
started=()
end_all() {
  trap - EXIT INT TERM
  exec {hold}>&-
  # Each is the leader of a process group of its own (set -m below): what it has started ends with it.
  for process in "${started[@]}"; do kill -- "-$process" 2>/dev/null || true; done
  for process in "${started[@]}"; do wait "$process" 2>/dev/null || true; done
  rm -rf "$folder"
}
trap end_all EXIT
trap 'exit 130' INT TERM

wait_for() { # a text in a file
  for ((i = 0; i < 1200; i++)); do
    grep -qF -- "$2" "$1" 2>/dev/null && return
    sleep 0.05
  done
  echo "hub: \"$2\" did not come; in $1 stands:" >&2
  cat "$1" >&2
  exit 1
}

wait_for_page() { # within a minute: whoever has no browser may still want to see the hosts
  node --input-type=module - "$1" <<'EOF' || true
    const end = performance.now() + 60_000;
    const users = async () => (await (await fetch(`${process.argv[2]}health`)).json()).users;
    while (performance.now() < end && (await users()) < 1) await new Promise((resolve) => setTimeout(resolve, 50));
EOF
}

# Ctrl-C then reaches this script alone, which decides who ends when.
set -m
port=0
[[ $mode != page ]] || port=${SILEX_DEMO_PORT:-5118}
node "$here/main.js" --port "$port" --end-with-input <"$folder/hold" >"$folder/hub" 2>&1 &
started+=($!)
wait_for "$folder/hub" 'hub: '
url=$(sed -n 's/^hub: \(http.*\)$/\1/p' "$folder/hub")
if [[ -z $url ]]; then
  cat "$folder/hub" >&2
  exit 1
fi
echo "demo: the hub's page is $url"
export SILEX_SERVICE_URL=ws${url#http}
SILEX_SERVICE_URL=${SILEX_SERVICE_URL%/}
export SILEX_ACTION_CONFIG=$here/host
# First of all, so that it sees everything.
if [[ $mode == text ]]; then
  node "$here/watch.mjs" "$url" "$folder/watching" <"$folder/hold" &
  watch=$!
  started+=("$watch")
  wait_for "$folder/watching" 'here I am'
else
  # Some browsers stay in the foreground. They are the user's, and stay when the demo ends.
  { "${SILEX_BROWSER:-xdg-open}" "$url" >/dev/null 2>&1 || echo "demo: open $url in a browser"; } {hold}>&- &
  wait_for_page "$url" &
  wait $!
  SILEX_ACTION_CONFIG=$here/host/unhurried:$SILEX_ACTION_CONFIG
fi

host() { # NAME ACTION ...
  mkdir -p "$folder/$1"
  (cd "$folder/$1" && SILEX_ADAPTER_PATH=$build/tests/hosts/toy:$build/samples/hub/host \
    exec "$build/samples/hub/host/hub_host" "$1" "$SILEX_SERVICE_URL" "${@:2}") \
    <"$folder/hold" >"$folder/$1.log" 2>&1 &
  started+=($!)
}
host shot_010 copy_files review build_scene
host shot_020 block_loop
if (($#)); then
  "$@" <"$folder/hold" >"$folder/further.log" 2>&1 &
  started+=($!)
fi
for name in shot_010 shot_020; do wait_for "$folder/$name.log" "$name is connected"; done

if [[ $mode == text ]]; then
  ended=0
  wait "$watch" || ended=$?
  if ((ended != 0)); then
    for name in hub shot_010.log shot_020.log; do sed "s/^/$name | /" "$folder/$name"; done >&2
  fi
  exit "$ended"
fi
echo "demo: four actions run; launch more from the page. Ctrl-C ends all of it"
wait "${started[0]}" || true
