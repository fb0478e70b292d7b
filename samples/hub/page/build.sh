#!/usr/bin/env bash
# Builds the page into dist/, with the npm packages that it needs. Does nothing, quickly, where nothing changed.
#   samples/hub/page/build.sh
set -euo pipefail
cd "$(dirname "$0")"
../../../tests/peers/setup.sh "$PWD"

stamp=dist/.built
if [[ -f $stamp ]]; then
  newer=$(find src index.html package-lock.json tsconfig.json vite.config.ts -newer "$stamp" -print -quit)
  [[ -n $newer ]] || exit 0
fi
echo "setup: building the hub's page"
if ! log=$(npm run --silent build 2>&1); then
  printf '%s\nbuild.sh: the page could not be built\n' "$log" >&2
  exit 1
fi
touch "$stamp"
