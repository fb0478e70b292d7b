#!/usr/bin/env bash
# Sets up what is missing, builds, and runs the README's lines.
#   samples/demo.sh            the hub and its page, two hosts, four actions: `hub`
#   samples/demo.sh hub blender    the same with real Blender beside them
#   samples/demo.sh toy        the README's lines in a small test host
#   samples/demo.sh blender    in real Blender, with its window (without a display: on a virtual one); then an
#                              action in Python, in a Blender that has the add-on
#   samples/demo.sh actions    four actions at once at a Silex service, whose user answers, undoes and cancels
#   samples/demo.sh chat       two people chat over a server from npm, which is killed and started again
set -euo pipefail
cd "$(dirname "$0")/.."

host=${1:-hub}
case "$host" in
  hub) parts=(build npm) ;;
  toy) parts=(build) ;;
  blender) parts=(build blender) ;;
  actions | chat) parts=(build npm) ;;
  *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
esac

[[ "$host ${2:-}" != "hub blender" ]] || parts+=(blender)
tests/setup.sh "${parts[@]}"
[[ "$host" != @(actions|hub) ]] || tests/peers/setup.sh
[[ "$host" != hub ]] || samples/hub/page/build.sh
[[ "$host" != chat ]] || tests/peers/setup.sh samples/chat
mkdir -p build
echo "demo: building (build/demo.log)"
{ cmake -S . -B build/demo -G Ninja -DCMAKE_BUILD_TYPE=Release -DSILEX_BUILD_TESTS=OFF &&
  cmake --build build/demo; } >build/demo.log 2>&1 || { tail -40 build/demo.log; exit 1; }

case "$host" in
  hub)
    further=()
    [[ "${2:-}" != blender ]] || further=("$PWD/samples/hub/host/blender.sh" "$PWD/build/demo")
    samples/hub/demo.sh build/demo "${further[@]}"
    ;;
  toy)
    echo "demo: the sample in the test host"
    SILEX_ADAPTER_PATH=$PWD/build/demo/tests/hosts/toy build/demo/samples/hello/hello_toy
    ;;
  blender)
    display=()
    [[ -n "${DISPLAY:-}" ]] || display=(xvfb-run -a -s "-screen 0 1280x800x24 +extension GLX")
    export LIBGL_ALWAYS_SOFTWARE="${LIBGL_ALWAYS_SOFTWARE:-1}"
    in_blender() {
      "${display[@]}" blender --factory-startup --window-geometry 0 0 800 600 --python-exit-code 1 "$@" 2>&1 |
        grep -v '^Read prefs\|^$\|^Saved session' || return "${PIPESTATUS[0]}"
    }
    echo "demo: the sample in $(blender --version 2>/dev/null | head -1)"
    SILEX_ADAPTER_PATH=$PWD/build/demo/adapters/blender SILEX_HELLO=build/demo/samples/hello/libhello_blender.so \
      in_blender --python samples/hello/blender_hello.py
    echo "demo: the add-on, installed for a user of its own, and an action in Python"
    home=$(mktemp -d)
    trap 'rm -rf "$home"' EXIT
    cmake --install build/demo --component blender --prefix "$home/scripts/addons" >/dev/null
    TMPDIR=$home BLENDER_USER_SCRIPTS=$home/scripts SILEX_ACTION_CONFIG=$PWD/samples/hosts \
      in_blender --addons silex_addon --python samples/hosts/blender_demo.py
    ;;
  actions)
    echo "demo: four actions at once"
    samples/actions/demo.sh build/demo/sdk/tools/silex/silex
    ;;
  chat)
    echo "demo: a chat"
    samples/chat/demo.sh build/demo/samples/chat/chat
    printf '%s\n' "by hand: node samples/chat/server.js 5119" \
      "         build/demo/samples/chat/chat ada        (in a second terminal; in a third one, bob)"
    ;;
esac
