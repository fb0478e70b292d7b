#!/usr/bin/env bash
# Real Blender as one host more of the hub's demo: installs the add-on for a user of its own, and runs an action in Python.
#   samples/hub/host/blender.sh BUILD_FOLDER     with the hub's address in SILEX_SERVICE_URL
set -euo pipefail
build=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cmake --install "$build" --component blender --prefix "$home/scripts/addons" >/dev/null
if [[ ! -d $home/scripts/addons/silex_addon ]]; then
  echo "blender.sh: the build has no add-on for Blender" >&2
  exit 1
fi
display=()
[[ -n ${DISPLAY:-} ]] || display=(xvfb-run -a -s "-screen 0 1280x800x24 +extension GLX")
export LIBGL_ALWAYS_SOFTWARE=${LIBGL_ALWAYS_SOFTWARE:-1} BLENDER_USER_SCRIPTS=$home/scripts TMPDIR=$home
export SILEX_ACTION_CONFIG=$here/../../hosts
"${display[@]}" blender --factory-startup --window-geometry 0 0 800 600 --addons silex_addon --python "$here/blender_host.py"
