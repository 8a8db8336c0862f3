#!/usr/bin/env bash
# Makes .venv with a Python of at least 3.11 and installs the project with its checks into it.
# Quiet when all goes well; may be run again at any time.
set -euo pipefail
cd "$(dirname "$0")/.."

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=""
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
    if command -v "$candidate" >/dev/null 2>&1 && fits "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Kezek needs Python 3.11 or newer; none was found (PYTHON=/path/to/python names one)." >&2
    exit 1
fi

# A virtual environment that a moved folder or a removed Python has broken is made anew.
if [ -e .venv ] && ! { fits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    rm -rf .venv
fi
if [ ! -e .venv ] && ! "$python" -m venv .venv >/tmp/kezek-venv.$$ 2>&1; then
    rm -rf .venv
    if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ]; then
        scripts/apt_install.sh python3-venv
        "$python" -m venv .venv
    else
        cat /tmp/kezek-venv.$$ >&2
        rm -f /tmp/kezek-venv.$$
        exit 1
    fi
fi
rm -f /tmp/kezek-venv.$$

# The build tools come from the same list, so the build is not isolated: nothing unpinned gets in.
pip=(.venv/bin/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt)
"${pip[@]}" hatchling editables
"${pip[@]}" --no-build-isolation --editable '.[dev]'
