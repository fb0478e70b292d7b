#!/usr/bin/env bash
# Installs what the given parts need and is missing: Debian packages. Does nothing, quickly, where all is there.
#   tests/setup.sh build|test|lint|bench|blender|npm|browser ...
set -euo pipefail

build="g++ cmake ninja-build python3-dev ccache libasio-dev libcli11-dev libspdlog-dev libfmt-dev libssl-dev libwebsocketpp-dev libyaml-cpp-dev nlohmann-json3-dev zlib1g-dev"
declare -A packages=(
  [build]="$build"
  [test]="$build clang libclang-rt-14-dev libgtest-dev libgmock-dev binutils pkg-config abigail-tools openssl npm python3-socketio python3-aiohttp python3-pip mypy python3-pyside2.qtgui python3-pyside2.qtwidgets doxygen graphviz qtbase5-dev qt6-base-dev xvfb"
  [lint]="$build git clang clang-format clang-tidy libgtest-dev libgmock-dev"
  [bench]="$build libbenchmark-dev python3 python3-yaml python3-socketio python3-aiohttp npm"
  [npm]="nodejs npm"
  [browser]="chromium nodejs npm"
  [blender]="blender xvfb xauth libgl1-mesa-dri"
)

wanted=()
for part in "$@"; do
  [[ -n "${packages[$part]:-}" ]] || { echo "setup.sh: no part '$part'; there are: ${!packages[*]}" >&2; exit 2; }
  read -ra names <<<"${packages[$part]}"
  wanted+=("${names[@]}")
done

missing=()
for name in "${wanted[@]}"; do
  # Node.js from elsewhere has its own npm, which Debian's does not go with.
  [[ "$name" == @(npm|nodejs) ]] && command -v npm >/dev/null && continue
  [[ "$(dpkg-query -W -f='${Status}' "$name" 2>/dev/null)" == "install ok installed" ]] || missing+=("$name")
done
((${#missing[@]})) || exit 0

echo "setup: installing ${missing[*]}"
as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || { echo "setup.sh: install these as root: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
log=$(mktemp)
install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@" >>"$log" 2>&1
}
if ! { install update && install install -y --no-install-recommends "${missing[@]}"; }; then
  tail -20 "$log" >&2
  echo "setup.sh: the packages could not be installed; the whole log is $log" >&2
  exit 1
fi
rm -f "$log"
