#!/usr/bin/env bash
# Runs ./slipway with the overrides that the commits since another one carry: ci/reviewed.sh <commit> <command of slipway…>
# An override is a line of a commit's message: Slipway-Allow: <guard>=<reason>
set -euo pipefail
cd "$(dirname "$0")/.."
since=$1
shift

node --require ./from-source.js ci/shared-state.ts

# A first push and a forced one begin at a commit that is not here; then the newest commit speaks for itself alone.
commits=HEAD^!
if git cat-file -e "$since^{commit}" 2>/dev/null; then
  commits=$since..HEAD
fi
messages=$(git log --format=%B "$commits" --)
mapfile -t allowed < <(sed -n 's/^[[:space:]]*Slipway-Allow:[[:space:]]*/--allow=/p' <<<"$messages")
exec ./slipway "$@" "${allowed[@]}"
