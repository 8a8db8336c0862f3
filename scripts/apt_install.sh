#!/usr/bin/env bash
# Installs Debian packages quietly; shows what apt said only when it fails.
set -euo pipefail

log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update && apt-get install --yes --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "apt-get could not install: $*" >&2
    exit 1
fi
