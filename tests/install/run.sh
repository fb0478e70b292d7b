#!/usr/bin/env bash
# Installs the component `sdk`, moves it, and builds, installs and runs a project with nothing but that.
#   tests/install/run.sh BUILD CC CXX
set -euo pipefail
build=$(realpath "$1") cc=$2 cxx=$3
here=$(realpath "$(dirname "$0")")
samples=$here/../../samples
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() { echo "install: $*" >&2; exit 1; }

cmake --install "$build" --component sdk --prefix "$folder/first" >/dev/null
mv "$folder/first" "$folder/sdk" # it is relocatable
sdk=$folder/sdk
[[ -f $sdk/share/doc/Silex/sdk/docs/write_an_adapter.md && -f $sdk/share/silex/hosts/silex_host_maya.yml ]] ||
  fail "the guides or what is known of hosts is missing: $(cd "$sdk" && find share | head -30)"
! grep -rlF -e "$build" -e "$folder/first" "$sdk" --include='*.cmake' --include='*.pc' ||
  fail "the files above name a folder of the build"

build() { # source, build, options
  cmake -S "$1" -B "$2" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx" \
    -DCMAKE_PREFIX_PATH="$sdk" "${@:3}" >"$folder/log" 2>&1 && cmake --build "$2" >>"$folder/log" 2>&1
}
build "$here/project" "$folder/build" "-DSAMPLES=$samples" || { cat "$folder/log"; fail "the project does not build"; }

"$folder/build/embed" | grep "the scene has 3 names" || fail "embed.c does not run"
export SILEX_ADAPTER_PATH=$folder/build
SILEX_ACTION_CONFIG=$samples/publish "$folder/build/publish" "$folder/published" | tail -1 | grep 'undone {}' ||
  fail "the sample publish does not run"

# Where plugins are installed, and that they can be loaded.
cmake --install "$folder/build" --prefix "$sdk" >/dev/null
export SILEX_ADAPTER_PATH=$(dirname "$(find "$sdk" -name silex_adapter_in_c.so)")
"$sdk/bin/silex" doctor >"$folder/doctor" || true # no service answers
for plugin in in_c in_cpp17 studio; do
  grep -E "^ok +(adapter|commands) +$plugin " "$folder/doctor" || { cat "$folder/doctor"; fail "$plugin can't be loaded"; }
done

# The adapters among the samples are projects by themselves.
for sample in headless qt; do
  build "$samples/$sample" "$folder/$sample" || { cat "$folder/log"; fail "the sample $sample does not build"; }
  cmake --install "$folder/$sample" --prefix "$sdk" >/dev/null
done
"$sdk/bin/silex" doctor >"$folder/doctor" || true
for plugin in headless qt; do
  grep -E "^ok +(adapter|commands) +$plugin " "$folder/doctor" || { cat "$folder/doctor"; fail "$plugin can't be loaded"; }
done
"$here/../headless/service.sh" "$folder/headless/headless_service" || fail "the headless service does not run"

# The test kit.
"$folder/build/kit" >"$folder/log" || { cat "$folder/log"; fail "the test kit does not work"; }

# Without CMake.
export PKG_CONFIG_PATH=$(dirname "$(find "$sdk" -name silex.pc)")
# shellcheck disable=SC2046
"$cc" -std=c11 -D_POSIX_C_SOURCE=200809L $(pkg-config --cflags silex) "$samples/embed.c" -o "$folder/embed" $(pkg-config --libs silex)
LD_LIBRARY_PATH=$(pkg-config --variable=libdir silex) "$folder/embed" | grep "the scene has 3 names" || fail "embed.c does not run"

# A plugin whose entry is not seen is an error when it is linked.
sed 's/SILEX_EXPORT const silex_plugin_entry silex_plugin/static const silex_plugin_entry silex_plugin_/; s/sizeof silex_plugin,/sizeof silex_plugin_,/' \
  "$here/project/adapter.c" >"$folder/hidden.c"
mkdir "$folder/hidden"
cat >"$folder/hidden/CMakeLists.txt" <<EOF
cmake_minimum_required(VERSION 3.25)
project(Hidden LANGUAGES C)
find_package(Silex CONFIG REQUIRED)
silex_add_adapter(hidden SOURCES $folder/hidden.c)
EOF
! build "$folder/hidden" "$folder/hidden/build" || fail "a plugin without an entry was linked"
grep -q "define it once" "$folder/log" || { cat "$folder/log"; fail "it is not said what is wrong"; }

# Projects from the templates pass their own tests.
for kind in adapter commands; do
  unset SILEX_ADAPTER_PATH
  "$sdk/bin/silex" new "$kind" my_own --into "$folder/new_$kind/" # as shells complete it
  build "$folder/new_$kind" "$folder/new_$kind/build" -DCMAKE_CXX_FLAGS="-Wall -Wextra -Wpedantic -Werror" ||
    { cat "$folder/log"; fail "what silex new $kind writes does not build"; }
  ctest --test-dir "$folder/new_$kind/build" --output-on-failure >"$folder/log" || { cat "$folder/log"; fail "its tests fail"; }
  grep "tests passed" "$folder/log"
done
for wrong in "adapter No" "adapter silex" "commands silex_more" "adapter my_own --into $folder/new_adapter" "house my_own"; do
  # shellcheck disable=SC2086
  ! "$sdk/bin/silex" new $wrong 2>"$folder/said" || fail "silex new $wrong was not refused"
done
echo "install: the package works with $cc and $cxx"
