#!/usr/bin/env bash
# The README's blocks of C++ and Python are samples that are compiled and run, to the letter and in this order.
set -euo pipefail
cd "$(dirname "$0")/.."
block() { awk -v language="$1" -v wanted="$2" '$0 == "```" language {inside = ++count == wanted; next} /^```$/ {inside = 0} inside' README.md; }
compare() { # a language, and its samples
  local language=$1 number=0 sample
  shift
  for sample in "$@"; do
    number=$((number + 1))
    if ! diff <(block "$language" "$number") "$sample"; then
      echo "README.md and $sample differ (above): copy the sample into the README" >&2
      exit 1
    fi
  done
}
compare cpp samples/hello/hello.cpp samples/chat/chat.cpp samples/publish/studio.cpp samples/publish/publish.cpp
compare python samples/hosts/blender.py samples/hosts/maya.py samples/hosts/houdini.py
