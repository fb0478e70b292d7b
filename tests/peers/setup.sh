#!/usr/bin/env bash
# Installs the npm packages that tests and benchmarks talk to, as package-lock.json has them. Does nothing,
# quickly, where they are there.
set -euo pipefail
cd "$(dirname "$0")"

stamp=node_modules/.installed-lock
cmp -s package-lock.json "$stamp" && exit 0

if ! command -v npm >/dev/null; then
  echo "setup.sh: npm is not there; install Node.js 18 or newer with it (Debian: nodejs, npm)" >&2
  exit 1
fi
echo "setup: installing the npm packages of tests/peers"
if ! log=$(npm ci --ignore-scripts --loglevel=error 2>&1); then
  printf '%s\nsetup.sh: npm ci failed in tests/peers; is the npm registry reachable?\n' "$log" >&2
  exit 1
fi
cp package-lock.json "$stamp"
