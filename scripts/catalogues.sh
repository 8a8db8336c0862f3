#!/usr/bin/env bash
# The gettext catalogues: `update` takes new messages from the code into them, `check` says whether that
# was forgotten. Places in the code are left out: they change too often. Nothing is compiled: the service
# reads the .po files themselves.
set -euo pipefail
cd "$(dirname "$0")/.."

pybabel() { .venv/bin/python -m babel.messages.frontend "$@"; }
template=$(mktemp)
trap 'rm -f "$template"' EXIT
extract() {
    pybabel --quiet extract --mapping-file=babel.cfg --no-location --sort-output --no-wrap \
        --keywords='t many:1,2' --add-comments=NOTE: --project=Kezek --output-file="$template" bot
}
update() {
    pybabel --quiet update --input-file="$template" --output-dir=locales --domain=kezek --no-fuzzy-matching \
        --no-wrap --ignore-obsolete --ignore-pot-creation-date --omit-header "$@"
}

ls locales/*/LC_MESSAGES/kezek.po >/dev/null 2>&1 || exit 0
case "${1:-}" in
update)
    extract
    update
    ;;
check)
    extract
    if ! update --check; then
        echo "The catalogues don't match the code: make locales, then translate what is new." >&2
        exit 1
    fi
    ;;
*)
    echo "usage: scripts/catalogues.sh update|check" >&2
    exit 2
    ;;
esac
