#!/usr/bin/env bash
# Plans what the commits since another one ask for, and says so in the pull request's one comment: ci/pull-request.sh <commit>
# It ends as ./slipway plan does: with 2 where a guard refuses.
set -euo pipefail
cd "$(dirname "$0")/.."
report=$(mktemp)
trap 'rm -f "$report"' EXIT

status=0
ci/reviewed.sh "$1" plan --format markdown >"$report" || status=$?
cat "$report"
node --require ./from-source.js ci/comment.ts "$report" "$status"
exit "$status"
