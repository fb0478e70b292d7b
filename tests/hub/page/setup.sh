#!/usr/bin/env bash
# Builds the hub's page, and installs what drives it in a browser. Does nothing, quickly, where nothing changed.
#   tests/hub/page/setup.sh
set -euo pipefail
cd "$(dirname "$0")/../../.."
tests/peers/setup.sh tests/hub/page
samples/hub/page/build.sh
