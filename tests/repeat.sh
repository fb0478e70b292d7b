#!/usr/bin/env bash
# Runs each test of the quick suites many times in a row: tests/repeat.sh BUILD_FOLDER [TIMES]
# Stress tests and tests in real hosts have a long form of their own.
set -euo pipefail
build=$1
times=${2:-1000}

# What one process runs at a time. Plugins whose code is kept on purpose pile up, and slow each round.
declare -A batch=([plugin_tests]=25)

for binary in "$build"/tests/*/*_tests; do
  name=$(basename "$binary")
  count=$times
  case "$name" in
    stress_tests) continue ;;
    # Not quick: each of them runs more than a hundred processes, and waits to see that nothing comes.
    validate_tests) continue ;;
    # Each starts a real server of its own.
    connection_tests | net_server_tests) count=$(((times + 19) / 20)) ;;
  esac
  echo "repeat: $name x $count"
  for ((done = 0; done < count; done += round)); do
    round=$((count - done))
    ((${batch[$name]:-$count} < round)) && round=${batch[$name]}
    "$binary" --gtest_repeat="$round" --gtest_brief=1 --gtest_break_on_failure >"$build/repeat.log" 2>&1 ||
      { tail -40 "$build/repeat.log"; exit 1; }
  done
done
