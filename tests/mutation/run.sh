#!/usr/bin/env bash
# Breaks the program in many small ways, one at a time, and asks whether a test notices. See docs/mutations.md.
set -euo pipefail
exec node "$(dirname "${BASH_SOURCE[0]}")/run.mjs" "$@"
