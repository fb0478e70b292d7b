#!/usr/bin/env bash
# Runs a file of these tests with node's own runner: tests/hub/run.sh FILE. Ends with 77 (skipped) where something is
# missing that it needs.
set -euo pipefail
cd "$(dirname "$0")"
command -v node >/dev/null || { echo "node is not there: tests/setup.sh npm" >&2; exit 77; }
for package in ../peers/node_modules/socket.io-client ../../samples/hub/node_modules/socket.io; do
  [[ -d $package ]] || { echo "npm's packages are not there: tests/peers/setup.sh" >&2; exit 77; }
done
if [[ $1 == conformance.test.js ]] && ! /usr/bin/python3 -c 'import socketio, aiohttp' 2>/dev/null; then
  echo "python3-socketio and python3-aiohttp are not there: tests/setup.sh test" >&2
  exit 77
fi
exec node --test --test-reporter=spec "$1"
