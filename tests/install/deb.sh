#!/usr/bin/env bash
# Packs the component `sdk` for Debian, and builds and runs a program with what is in it.
#   tests/install/deb.sh BUILD CC
set -euo pipefail
build=$(realpath "$1") cc=$2
here=$(realpath "$(dirname "$0")")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() { echo "deb: $*" >&2; exit 1; }
command -v dpkg-shlibdeps >/dev/null || { echo "deb: dpkg-dev is not there" >&2; exit 77; }

cpack -G DEB --config "$build/CPackConfig.cmake" -B "$folder" >"$folder/log" 2>&1 || { cat "$folder/log"; fail "it is not packed"; }
package=$(echo "$folder"/*.deb)
[[ -f $package ]] || { cat "$folder/log"; fail "there is no package, or more than one"; }
[[ $(dpkg-deb --field "$package" Package) == silex-sdk ]] || fail "it has another name"
dpkg-deb --field "$package" Depends | tee "$folder/depends"
grep -q 'libc6 (>=' "$folder/depends" || fail "what it needs is not said"

dpkg-deb --extract "$package" "$folder/unpacked"
usr=$folder/unpacked/usr
! find "$folder/unpacked" -mindepth 1 -maxdepth 1 ! -name usr | grep . || fail "it writes into the folders above"
export PKG_CONFIG_PATH=$(dirname "$(find "$usr" -name silex.pc)") PKG_CONFIG_SYSROOT_DIR=
# shellcheck disable=SC2046
"$cc" -std=c11 -D_POSIX_C_SOURCE=200809L $(pkg-config --cflags silex) "$here/../../samples/embed.c" -o "$folder/embed" $(pkg-config --libs silex)
LD_LIBRARY_PATH=$(pkg-config --variable=libdir silex) "$folder/embed" | grep "the scene has 3 names" || fail "embed.c does not run"
"$usr/bin/silex" --version || fail "the command does not run"
PYTHONPATH=$usr/lib/silex/python /usr/bin/python3 -B -c 'import silex; silex.start(url=""); print(silex.defer(str.upper, "python").result()); silex.stop()' |
  grep PYTHON || fail "the Python module does not run"
