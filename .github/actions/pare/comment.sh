#!/usr/bin/env bash
# Writes what has changed as a comment, or into the one that is there.
set -euo pipefail

pull=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["pull_request"]["number"])' "$GITHUB_EVENT_PATH")
comment="$RUNNER_TEMP/pare-comment.md"
# Exit code 1: something is too large, which the comment says.
pare check --project "$PROJECT" --against "$RUNNER_TEMP/pare-base-report/report.json" \
  --format markdown > "$comment" || [ $? -eq 1 ]
cat "$comment" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
id=$(gh api "repos/$GITHUB_REPOSITORY/issues/$pull/comments" --paginate \
  --jq '.[] | select(.body | startswith("<!-- pare: archive sizes -->")) | .id' | head -n 1)
if [ -n "$id" ]; then
  gh api --silent -X PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" -F "body=@$comment"
else
  gh api --silent -X POST "repos/$GITHUB_REPOSITORY/issues/$pull/comments" -F "body=@$comment"
fi
