#!/usr/bin/env bash
# Runs the README's lines with four actions, in a folder of their own: four_actions.sh BUILD
set -euo pipefail
samples=$(realpath "$(dirname "$0")/../../samples")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
SILEX_ADAPTER_PATH=$1/samples/publish SILEX_ACTION_CONFIG=$samples/publish "$1/samples/publish/publish" "$folder/published"
