#!/usr/bin/env bash
# Puts 'pare' on the PATH of the steps that follow: what is there already, or the wheel that the job names.
set -euo pipefail

if [ -z "${WHEEL:-}" ]; then
  command -v pare >/dev/null || {
    echo "::error::there is no 'pare' on PATH; name a wheel: 'with: { wheel: URL or file }'"
    exit 1
  }
  exit 0
fi
# An environment of its own: the project's Python, and what is installed for it, are not touched.
python3 -m venv --clear "$RUNNER_TEMP/pare-venv"
"$RUNNER_TEMP/pare-venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps "$WHEEL"
echo "$RUNNER_TEMP/pare-venv/bin" >> "$GITHUB_PATH"
"$RUNNER_TEMP/pare-venv/bin/pare" --version
