#!/usr/bin/env bash
# Installs npm packages as a folder's package-lock.json has them: by default those that tests and benchmarks
# talk to, the hub's among them. Does nothing, quickly, where they are there.
#   tests/peers/setup.sh [FOLDER]
set -euo pipefail
if [[ $# == 0 ]]; then
  here=$(realpath "$(dirname "$0")")
  "$here/setup.sh" "$here"
  exec "$here/setup.sh" "$here/../../samples/hub"
fi
cd "$1"

stamp=node_modules/.installed-lock
cmp -s package-lock.json "$stamp" && exit 0

if ! command -v npm >/dev/null; then
  echo "setup.sh: npm is not there; install Node.js 18 or newer with it (Debian: nodejs, npm)" >&2
  exit 1
fi
echo "setup: installing the npm packages of ${PWD##*/}"
if ! log=$(npm ci --ignore-scripts --loglevel=error 2>&1); then
  printf '%s\nsetup.sh: npm ci failed in %s; is the npm registry reachable?\n' "$log" "$PWD" >&2
  exit 1
fi
cp package-lock.json "$stamp"
