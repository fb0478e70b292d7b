#!/usr/bin/env bash
# expect.sh TEXT STATUS COMMAND...: the command prints TEXT and exits with STATUS ("" is 0).
set -u
text=$1
status=${2:-0}
shift 2
output=$("$@" 2>&1)
got=$?
printf '%s\n' "$output"
[[ $got == "$status" ]] || { echo "expected exit status $status, got $got"; exit 1; }
[[ $output == *"$text"* ]] || { echo "expected to read: $text"; exit 1; }
