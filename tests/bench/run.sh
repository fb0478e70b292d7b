#!/usr/bin/env bash
# Builds the benchmarks and prints four tables, of deferred calls, of the network, of actions and of Python: ours, the references of the
# same run, the ratio, the target.
#   tests/bench/run.sh [--quick]
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=2
burst=200000
if [[ "${1:-}" == --quick ]]; then
  seconds=0.1
  burst=20000
fi

tests/setup.sh bench
tests/peers/setup.sh
mkdir -p build
cmake --preset release >build/release.configure.log 2>&1 || { cat build/release.configure.log; exit 1; }
cmake --build build/release --target bench_defer bench_net bench_action silex_python -- --quiet

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
# Debian's Python: another one on PATH may be of another build.
python=/usr/bin/python3
measure() { # name, then what to put before the commands
  "${@:2}" build/release/tests/bench/bench_defer --benchmark_min_time="$seconds" --benchmark_format=json \
    >"$results/$1.ours.json" 2>/dev/null
  "${@:2}" "$python" tests/bench/reference/defer.py 20000 "$burst" >"$results/$1.python.json"
}
measure unpinned
measure pinned taskset -c 0
"$python" tests/bench/table.py "$results"
echo
only=()
[[ "${1:-}" == --quick ]] && only=(ours)
build/release/tests/bench/bench_net "${only[@]}"
echo
quick=()
[[ "${1:-}" == --quick ]] && quick=(quick)
build/release/tests/bench/bench_action "${quick[@]}"
echo
calls=5000
[[ "${1:-}" == --quick ]] && calls=200
PYTHONPATH=build/release/python "$python" tests/bench/python/defer.py "$calls" 2>/dev/null
