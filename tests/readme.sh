#!/usr/bin/env bash
# The first block of code in the README is samples/hello/hello.cpp, to the letter.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! diff <(awk '/^```cpp$/ {inside = 1; next} /^```$/ {if (inside) exit} inside' README.md) samples/hello/hello.cpp; then
  echo "README.md and samples/hello/hello.cpp differ (above): copy the sample into the README" >&2
  exit 1
fi
