#!/usr/bin/env bash
# The gettext catalogues: `update` takes new messages from the code into them, `check` says whether that
# was forgotten. Places in the code are left out: they change too often. Nothing is compiled: the service
# reads the .po files themselves.
set -euo pipefail
cd "$(dirname "$0")/.."

pybabel() { .venv/bin/python -m babel.messages.frontend "$@"; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

extract() {
    pybabel --quiet extract --mapping-file=babel.cfg --no-location --sort-output --no-wrap \
        --keywords='t many:1,2' --add-comments=NOTE: --project=Kezek --output-file="$work/kezek.pot" bot
}

# Each header is kept as it was written by hand: language, plural forms, encoding. Babel would add
# dates and names to it.
update() {
    local catalogue headers="$work/headers"
    mkdir -p "$headers"
    for catalogue in "$1"/*/LC_MESSAGES/kezek.po; do
        sed '/^$/q' "$catalogue" >"$headers/${catalogue//\//+}"
    done
    pybabel --quiet update --input-file="$work/kezek.pot" --output-dir="$1" --domain=kezek \
        --no-fuzzy-matching --no-wrap --ignore-obsolete --ignore-pot-creation-date --omit-header
    for catalogue in "$1"/*/LC_MESSAGES/kezek.po; do
        { cat "$headers/${catalogue//\//+}" && sed '${/^$/d;}' "$catalogue"; } >"$work/kezek.po"
        cat "$work/kezek.po" >"$catalogue"
    done
}

case "${1:-}" in
update)
    extract
    update locales
    ;;
check)
    extract
    cp -R locales "$work/locales"
    update "$work/locales"
    if ! diff -r locales "$work/locales"; then
        echo "The catalogues don't match the code: make locales, then translate what is new." >&2
        exit 1
    fi
    ;;
*)
    echo "usage: scripts/catalogues.sh update|check" >&2
    exit 2
    ;;
esac
