#!/usr/bin/env bash
# The README's blocks of C++ and Python are samples that are compiled and run, to the letter and in this order.
set -euo pipefail
cd "$(dirname "$0")/.."
block() { # the block of a language with that number
  awk -v fence="\`\`\`$1" -v wanted="$2" '$0 == fence {inside = ++count == wanted; next} /^```$/ {inside = 0} inside' README.md
}
differ() {
  echo "README.md and $1 differ (above): copy the sample into the README" >&2
  exit 1
}
number=0
for sample in samples/hello/hello.cpp samples/chat/chat.cpp samples/publish/studio.cpp samples/publish/publish.cpp; do
  number=$((number + 1))
  diff <(block cpp "$number") "$sample" || differ "$sample"
done
number=0
for sample in samples/hosts/blender.py samples/hosts/maya.py samples/hosts/houdini.py; do
  number=$((number + 1))
  diff <(block python "$number") "$sample" || differ "$sample"
done
