#!/usr/bin/env bash
# The package as a user gets it: packed, installed into an empty folder, every door imported, the main job run.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npx publint --strict
npm pack --silent --ignore-scripts --pack-destination "$work" >/dev/null
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent ./nurecoil-*.tgz
node "$root/scripts/check-doors.mjs" "$work"
code=0
npx nurecoil reproduce 1806.07424 -o report --quiet >/dev/null || code=$?
[ "$code" -eq 0 ] || { echo "reproduce in the installed package ended with $code"; exit 1; }
for file in index.html REPRODUCTIONS.md result.json figures/figure-7.pdf; do
  [ -s "report/$file" ] || { echo "the installed package wrote no $file"; exit 1; }
done
echo "package: packed, installed, every door imported, reproduction run"
