#!/usr/bin/env bash
# Runs lines of Python that execute the action `publish`, which exports with a command of theirs: with_publish.sh FILE
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/action"
cat >"$folder/action/publish.yml" <<END
publish: {steps: {export: {commands: {export: {path: studio.Export, parameters: {file: shot.abc}}}}}}
END
{
  # Nobody is at that address, and the default one may be somebody's.
  sed 's/ws:\/\/127.0.0.1:5118/ws:\/\/127.0.0.1:9/' "$1"
  echo 'assert call.result() == {"export": {"export": {"file": "/tmp/shot.abc"}}}, call.result()'
  echo 'silex.stop()'
} | SILEX_ACTION_CONFIG=$folder "$SILEX_PYTHON" -
