#!/usr/bin/env bash
# Gets what the tests and benchmarks need beside Python. As root on Debian what is missing is installed;
# elsewhere it is named, with the way to get it, and the tests that need it are named as not run.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
advice=()
needs() { # what, how to find it, Debian package, other systems
    if ! eval "$2" >/dev/null 2>&1; then
        missing+=("$3")
        advice+=("  $1: apt-get install $3 | $4")
    fi
}
found() { .venv/bin/python -m tests.services "$1"; }

root_on_debian() { [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ]; }

# Chromium will do; without what a window needs it takes half the time. Asked for once: it need not be there.
asked=.venv/.asked-for-headless-shell
if root_on_debian && [ ! -e $asked ] && ! command -v chromium-headless-shell >/dev/null; then
    touch $asked
    echo "installing: chromium-headless-shell"
    scripts/apt_install.sh chromium-headless-shell || echo "The tests go without it, and take longer."
fi

needs PostgreSQL "found postgresql" postgresql "brew install postgresql | dnf install postgresql-server"
needs Redis "found redis" redis-server "brew install redis | dnf install redis"
needs Chromium "found chromium" chromium "brew install --cask chromium | dnf install chromium"
needs wrk "command -v wrk" wrk "brew install wrk (for make bench only)"
# Chromium on a bare server has no letters of its own to draw Kazakh with.
if [ -e /etc/debian_version ] && ! ls /usr/share/fonts/truetype/*/*.ttf >/dev/null 2>&1; then
    missing+=(fonts-dejavu-core)
fi

[ ${#missing[@]} -gt 0 ] || exit 0
if root_on_debian; then
    echo "installing: ${missing[*]}"
    exec scripts/apt_install.sh "${missing[@]}"
fi
echo "Missing; the tests that need it will be named as not run:"
[ ${#advice[@]} -eq 0 ] || printf '%s\n' "${advice[@]}"
