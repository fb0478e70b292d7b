#!/usr/bin/env bash
# Runs each test of the quick suites many times in a row: tests/repeat.sh BUILD_FOLDER [TIMES]
# Stress tests and tests in real hosts have a long form of their own.
set -euo pipefail
build=$1
times=${2:-1000}

for binary in "$build"/tests/*/*_tests; do
  echo "repeat: $(basename "$binary") x $times"
  "$binary" --gtest_repeat="$times" --gtest_brief=1 --gtest_break_on_failure \
    --gtest_filter='-*Stress*:*Fork*' >"$build/repeat.log" 2>&1 ||
    { tail -40 "$build/repeat.log"; exit 1; }
done
