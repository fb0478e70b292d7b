#!/usr/bin/env bash
# Installs the component `hub`, moves it, and starts it with nothing but that.
#   tests/install/hub.sh BUILD
set -euo pipefail
build=$(realpath "$1")
hub=$(realpath "$(dirname "$0")/../../samples/hub")
[[ -f $hub/page/dist/index.html && -d $hub/node_modules ]] || { echo "hub: run tests/hub/page/setup.sh first"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() { echo "install: $*" >&2; exit 1; }

cmake --install "$build" --component hub --prefix "$folder/first" >/dev/null
mv "$folder/first" "$folder/studio" # it is relocatable

coproc silex { "$folder/studio/bin/silex" hub --no-browser --port 0 --end-with-input; }
pid=$silex_PID input=${silex[1]}
read -r -t 60 line <&"${silex[0]}" || fail "the hub does not say its address"
url=${line#hub: }
/usr/bin/python3 - "$url" <<'END' || fail "its page is not there: $line"
import sys, urllib.request
page = urllib.request.urlopen(sys.argv[1], timeout=30).read().decode()
assert "<title>" in page, page
END
exec {input}>&-
wait "$pid" || fail "it did not end well"
echo "install: the hub starts from where it was put"
