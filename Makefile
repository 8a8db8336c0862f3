# make demo   a whole city in one process, to be played with in a browser
# make test   everything, with what `make deps` could get
# make check  style, types, layers, catalogues
# make chaos  the delivery killed fifty times while it works
# make bench  the benchmarks (ONLY=name for one of them)
# Each of them needs Python >= 3.11 and make, and does its own set-up.

BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test check deps chaos bench transcripts locales clean
.SILENT:

help:
	sed -n '1,6s/^# //p' Makefile

setup: $(READY)

$(READY): pyproject.toml constraints.txt scripts/make_venv.sh
	scripts/make_venv.sh
	touch $@

# ARGS goes to the command: make demo ARGS="--at 2019-06-26T16:19 --port 8090"
demo: setup
	exec $(BIN)/kezek demo $(ARGS)

deps: setup
	scripts/deps.sh

# Tests start the service many times: compiled modules are kept, whatever the environment says.
test: export PYTHONDONTWRITEBYTECODE :=
test: deps
	$(BIN)/python -m pytest -q -n auto --dist worksteal $(ARGS)

check: setup
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check . || { $(BIN)/ruff format --check . ; exit 1; }
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-cache --no-logo > .venv/imports.log || { cat .venv/imports.log; exit 1; }
	scripts/catalogues.sh check

chaos: deps
	KEZEK_TEST_KILLS=50 $(BIN)/python -m pytest -q tests/integration/test_delivery_kill.py $(ARGS)

bench: deps
	$(BIN)/python -m benchmarks $(ONLY)

# Plays every path and writes docs/transcripts anew (ONLY="name name" for some of them).
transcripts: setup
	$(BIN)/python -m tests.transcripts $(ONLY)

# Takes new messages from the code into the catalogues; they are then translated by hand.
locales: setup
	scripts/catalogues.sh update

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
