#!/usr/bin/env bash
# Runs one spec of the hub's page in Chromium. Ends with 77 where Chromium or npm packages are missing.
#   tests/hub/page/run.sh SPEC
set -euo pipefail
here=$(realpath "$(dirname "$0")")
hub=$here/../../../samples/hub

missing() {
  echo "page: $1; tests/setup.sh browser and tests/hub/page/setup.sh install what is needed" >&2
  exit 77
}
command -v chromium >/dev/null || [[ -x ${SILEX_TEST_CHROMIUM:-} ]] || missing "Chromium is not there"
[[ -d $here/node_modules/playwright-core ]] || missing "the npm packages are not there"
[[ -f $hub/page/dist/index.html && -d $hub/node_modules/socket.io ]] || missing "the page is not built"
exec node --test --test-reporter=spec "$here/specs/$1.spec.mjs"
