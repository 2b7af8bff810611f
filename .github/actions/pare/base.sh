#!/usr/bin/env bash
# Packages the branch that a pull request is for: its report is what the others are held against.
set -euo pipefail

base="$RUNNER_TEMP/pare-base"
# A checkout of one commit does not have the branch.
git fetch --quiet --no-tags --depth=1 origin "+refs/heads/$GITHUB_BASE_REF:refs/remotes/origin/$GITHUB_BASE_REF"
git worktree add --quiet --force --detach "$base" "origin/$GITHUB_BASE_REF"
# What is fetched for the one serves the other.
if [ -d "$PROJECT/.pare/wheels" ] && [ ! -e "$base/$PROJECT/.pare/wheels" ]; then
  mkdir -p "$base/$PROJECT/.pare"
  cp -R "$PROJECT/.pare/wheels" "$base/$PROJECT/.pare/wheels"
fi
# A mistake that is there already is not the pull request's.
pare package --project "$base/$PROJECT" --output "$RUNNER_TEMP/pare-base-report" --quiet || [ $? -eq 1 ]
