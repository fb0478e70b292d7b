#!/usr/bin/env bash
# Starts the service of samples/headless, asks it for one checksum, and ends it: ask_headless.sh BUILD
set -euo pipefail
folder=$(mktemp -d)
mkfifo "$folder/out"
SILEX_ADAPTER_PATH=$1/samples/headless "$1/samples/headless/headless_service" >"$folder/out" &
service=$!
trap 'kill "$service" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
exec {out}<"$folder/out"
read -r -u "$out" line # it listens
echo "$line"
exec {client}<>"/dev/tcp/127.0.0.1/${line##* }"
echo 'shot one' >&"$client"
read -r -u "$client" answer
echo "$answer"
