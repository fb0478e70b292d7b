#!/usr/bin/env bash
# The README's lines in real Blender, as samples/demo.sh runs them, from a build that is there: hello_in_blender.sh BUILD
set -euo pipefail
build=$1
cd "$(dirname "$0")/../.."
command -v blender xvfb-run >/dev/null || { echo "skipped: Blender or Xvfb is not installed"; exit 77; }
export LIBGL_ALWAYS_SOFTWARE=1 SILEX_ADAPTER_PATH=$build/adapters/blender SILEX_HELLO=$build/samples/hello/libhello_blender.so
unset PYTHONPATH LD_LIBRARY_PATH
echo "demo: the sample in $(blender --version 2>/dev/null | head -1)"
xvfb-run -a -s "-screen 0 1280x800x24 +extension GLX" \
  blender --factory-startup --window-geometry 0 0 800 600 --python-exit-code 1 --python samples/hello/blender_hello.py 2>&1
