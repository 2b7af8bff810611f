#!/usr/bin/env bash
# Annotates the lines of the imports that make an archive too large, and fails where there is one.
set -euo pipefail

exec pare check --project "$PROJECT" --against "$RUNNER_TEMP/pare-base-report/report.json" \
  --max-growth "$MAX_GROWTH" --format github
