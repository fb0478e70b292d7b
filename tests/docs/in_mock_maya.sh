#!/usr/bin/env bash
# Plays a scenario in the mock of Maya, whose adapter it is for: in_mock_maya.sh BUILD SCENARIO
set -euo pipefail
build=$1 hosts=$(realpath "$(dirname "$0")/../hosts")
unset PYTHONPATH LD_LIBRARY_PATH
export SILEX_ADAPTER_PATH=$build/adapters/maya SILEX_PROBE=$build/tests/hosts/embedded/probe/libsilex_host_probe.so
exec "$build/tests/hosts/embedded/silex_embedded_host" --path "$hosts/embedded/python" --path "$hosts/maya/fake" \
  --host maya_host --mode gui --limit 60 "$2"
