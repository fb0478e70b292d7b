#!/usr/bin/env bash
# Rows of the benchmarks' table that need a mock host: tests/bench/hosts/run.sh maya|houdini [options of bench.py]
set -euo pipefail
cd "$(dirname "$0")/../../.."

[[ "${1:-}" == @(maya|houdini) ]] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
tests/setup.sh bench test
mkdir -p build
cmake --preset release >build/release.configure.log 2>&1 || { cat build/release.configure.log; exit 1; }
cmake --build build/release --target silex_embedded_host silex_host_probe "silex_adapter_$1" -- --quiet
# Debian's Python: another one on PATH may be of another build.
exec /usr/bin/python3 tests/bench/hosts/bench.py build/release "$@"
