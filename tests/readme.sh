#!/usr/bin/env bash
# The README's blocks of C++ are samples that are compiled, to the letter and in this order.
set -euo pipefail
cd "$(dirname "$0")/.."
block() { awk -v wanted="$1" '/^```cpp$/ {inside = ++count == wanted; next} /^```$/ {inside = 0} inside' README.md; }
number=0
for sample in samples/hello/hello.cpp samples/chat/chat.cpp samples/publish/studio.cpp samples/publish/publish.cpp; do
  number=$((number + 1))
  if ! diff <(block "$number") "$sample"; then
    echo "README.md and $sample differ (above): copy the sample into the README" >&2
    exit 1
  fi
done
