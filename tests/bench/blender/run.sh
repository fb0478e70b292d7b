#!/usr/bin/env bash
# Rows of the benchmarks' table that need the real Blender: tests/bench/blender/run.sh [options of bench.py]
set -euo pipefail
cd "$(dirname "$0")/../../.."

tests/setup.sh bench test blender
mkdir -p build
cmake --preset release >build/release.configure.log 2>&1 || { cat build/release.configure.log; exit 1; }
cmake --build build/release --target silex_blender_probe silex_adapter_blender -- --quiet
# Debian's Python: another one on PATH may be of another build.
exec /usr/bin/python3 tests/bench/blender/bench.py \
  --probe build/release/tests/blender/probe/libsilex_blender_probe.so --adapters build/release/adapters/blender "$@"
